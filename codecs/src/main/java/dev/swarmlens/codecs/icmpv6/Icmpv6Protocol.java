package dev.swarmlens.codecs.icmpv6;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * ICMPv6: an error quotes the IPv6 packet that caused it, which is dissected like any other; neighbour discovery is followed by
 * options.
 */
public final class Icmpv6Protocol extends Protocol {
    /** The one instance. */
    public static final Icmpv6Protocol INSTANCE = new Icmpv6Protocol();

    private Icmpv6Protocol() {}

    @Override
    public String name() {
        return "icmpv6";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        if (start + Icmpv6.MIN_LENGTH > end) {
            layers.tooShort(this, start, Icmpv6.MIN_LENGTH, end);
            return;
        }
        int type = BigEndian.u8(frame, start + Icmpv6.TYPE);
        int length = Icmpv6.MIN_LENGTH + Icmpv6.bodyLength(type);
        int payload = start + length;
        if (payload > end) {
            layers.tooShort(this, start, length, end);
            return;
        }
        if (!layers.push(this, start, payload, end)) {
            return;
        }
        if (Icmpv6.isError(type)) {
            layers.beginQuote();
            layers.next(Binding.ETHER_TYPE, EtherType.IPV6.code(), payload, end).dissect(frame, payload, end, layers);
        } else if (Icmpv6.isNeighborDiscovery(type) && payload < end) {
            layers.next(Icmpv6.OPTIONS, 0, payload, end).dissect(frame, payload, end, layers);
        }
    }

    @Override
    public Icmpv6View newView() {
        return new Icmpv6View();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("icmpv6.type", "Type", Icmpv6View::type),
                Field.ofDecimal("icmpv6.code", "Code", Icmpv6View::code),
                Field.ofHex("icmpv6.checksum", "Checksum", 4, Icmpv6View::checksum),
                Field.ofDecimal(
                        "icmpv6.checksum.status",
                        "Checksum status",
                        (Icmpv6View view) -> view.checksumStatus().code()),
                Field.ofHex(
                        "icmpv6.echo.identifier",
                        "Identifier",
                        4,
                        (Icmpv6View view) -> view.isEcho() ? view.identifier() : Field.ABSENT),
                Field.ofDecimal(
                        "icmpv6.echo.sequence_number",
                        "Sequence",
                        (Icmpv6View view) -> view.isEcho() ? view.sequenceNumber() : Field.ABSENT),
                Field.ofDecimal("icmpv6.mtu", "MTU", of(Icmpv6.PACKET_TOO_BIG, Icmpv6View::nextHopMtu)),
                Field.ofDecimal("icmpv6.pointer", "Pointer", of(Icmpv6.PARAMETER_PROBLEM, Icmpv6View::pointer)),
                Field.ofDecimal(
                        "icmpv6.nd.ra.cur_hop_limit",
                        "Cur hop limit",
                        of(Icmpv6.ROUTER_ADVERTISEMENT, view -> view.rest() >>> 24)),
                Field.ofHex(
                        "icmpv6.nd.ra.flag",
                        "Flags",
                        2,
                        of(Icmpv6.ROUTER_ADVERTISEMENT, view -> view.rest() >>> 16 & 0xff)),
                Field.ofDecimal(
                        "icmpv6.nd.ra.router_lifetime",
                        "Router lifetime (s)",
                        of(Icmpv6.ROUTER_ADVERTISEMENT, view -> view.rest() & 0xffff)),
                Field.ofDecimal(
                        "icmpv6.nd.ra.reachable_time",
                        "Reachable time (ms)",
                        of(Icmpv6.ROUTER_ADVERTISEMENT, Icmpv6View::reachableTime)),
                Field.ofDecimal(
                        "icmpv6.nd.ra.retrans_timer",
                        "Retrans timer (ms)",
                        of(Icmpv6.ROUTER_ADVERTISEMENT, Icmpv6View::retransTimer)),
                Field.ofIpv6(
                        "icmpv6.nd.ns.target_address",
                        "Target Address",
                        is(Icmpv6.NEIGHBOR_SOLICITATION),
                        Icmpv6View::targetHigh,
                        Icmpv6View::targetLow),
                Field.ofBoolean("icmpv6.nd.na.flag.r", "Router", flag(Icmpv6.FLAG_ROUTER)),
                Field.ofBoolean("icmpv6.nd.na.flag.s", "Solicited", flag(Icmpv6.FLAG_SOLICITED)),
                Field.ofBoolean("icmpv6.nd.na.flag.o", "Override", flag(Icmpv6.FLAG_OVERRIDE)),
                Field.ofIpv6(
                        "icmpv6.nd.na.target_address",
                        "Target Address",
                        is(Icmpv6.NEIGHBOR_ADVERTISEMENT),
                        Icmpv6View::targetHigh,
                        Icmpv6View::targetLow),
                Field.ofIpv6(
                        "icmpv6.nd.rd.target_address",
                        "Target Address",
                        is(Icmpv6.REDIRECT),
                        Icmpv6View::targetHigh,
                        Icmpv6View::targetLow),
                Field.ofIpv6(
                        "icmpv6.rd.na.destination_address",
                        "Destination Address",
                        is(Icmpv6.REDIRECT),
                        Icmpv6View::destinationHigh,
                        Icmpv6View::destinationLow));
    }

    private static ToLongFunction<Icmpv6View> of(int type, ToLongFunction<Icmpv6View> value) {
        return view -> view.type() == type ? value.applyAsLong(view) : Field.ABSENT;
    }

    private static Predicate<Icmpv6View> is(int type) {
        return view -> view.type() == type;
    }

    private static ToLongFunction<Icmpv6View> flag(int bit) {
        return of(Icmpv6.NEIGHBOR_ADVERTISEMENT, view -> (view.rest() & bit) == 0 ? 0 : 1);
    }
}
