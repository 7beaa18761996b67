package dev.swarmlens.codecs.icmp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** ICMP: an error quotes the IPv4 datagram that caused it, which is dissected like any other. */
public final class IcmpProtocol implements Protocol {
    /** The one instance. */
    public static final IcmpProtocol INSTANCE = new IcmpProtocol();

    private IcmpProtocol() {}

    @Override
    public String name() {
        return "icmp";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Icmp.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Icmp.LENGTH, end);
            return;
        }
        if (layers.push(this, start, payload, end) && Icmp.isError(BigEndian.u8(frame, start + Icmp.TYPE))) {
            layers.beginQuote();
            layers.next(Binding.ETHER_TYPE, EtherType.IPV4.code(), payload, end);
        }
    }

    @Override
    public IcmpView newView() {
        return new IcmpView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("icmp.type", "Type", IcmpView::type),
                Field.ofDecimal("icmp.code", "Code", IcmpView::code),
                Field.ofHex("icmp.checksum", "Checksum", 4, IcmpView::checksum),
                Field.ofDecimal(
                        "icmp.checksum.status",
                        "Checksum status",
                        (IcmpView view) -> view.checksumStatus().code()),
                Field.ofDecimal(
                        "icmp.ident",
                        "Identifier",
                        (IcmpView view) -> view.isEcho() ? view.identifier() : Field.ABSENT),
                Field.ofDecimal(
                        "icmp.seq",
                        "Sequence Number",
                        (IcmpView view) -> view.isEcho() ? view.sequenceNumber() : Field.ABSENT),
                Field.ofDecimal(
                        "icmp.mtu",
                        "MTU of next hop",
                        (IcmpView view) ->
                                view.type() == Icmp.DESTINATION_UNREACHABLE && view.code() == Icmp.FRAGMENTATION_NEEDED
                                        ? view.nextHopMtu()
                                        : Field.ABSENT),
                Field.ofIpv4(
                        "icmp.redir_gw",
                        "Gateway Address",
                        (IcmpView view) -> view.type() == Icmp.REDIRECT ? view.gateway() : Field.ABSENT),
                Field.ofDecimal(
                        "icmp.pointer",
                        "Pointer",
                        (IcmpView view) -> view.type() == Icmp.PARAMETER_PROBLEM ? view.pointer() : Field.ABSENT));
    }
}
