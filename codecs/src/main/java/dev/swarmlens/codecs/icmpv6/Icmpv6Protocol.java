package dev.swarmlens.codecs.icmpv6;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** ICMPv6: an error quotes the IPv6 packet that caused it, which is dissected like any other. */
public final class Icmpv6Protocol implements Protocol {
    /** The one instance. */
    public static final Icmpv6Protocol INSTANCE = new Icmpv6Protocol();

    private Icmpv6Protocol() {}

    @Override
    public String name() {
        return "icmpv6";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Icmpv6.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Icmpv6.LENGTH, end);
            return;
        }
        if (layers.push(this, start, payload, end) && Icmpv6.isError(BigEndian.u8(frame, start + Icmpv6.TYPE))) {
            layers.beginQuote();
            layers.next(Binding.ETHER_TYPE, EtherType.IPV6.code(), payload, end);
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
                Field.ofDecimal(
                        "icmpv6.mtu",
                        "MTU",
                        (Icmpv6View view) -> view.type() == Icmpv6.PACKET_TOO_BIG ? view.nextHopMtu() : Field.ABSENT));
    }
}
