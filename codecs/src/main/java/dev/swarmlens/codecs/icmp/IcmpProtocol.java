package dev.swarmlens.codecs.icmp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** ICMP: an error quotes the IPv4 datagram that caused it, which is dissected like any other. */
public final class IcmpProtocol extends Protocol {
    /** The one instance. */
    public static final IcmpProtocol INSTANCE = new IcmpProtocol();

    /** The low bits of an IPv4 header's first byte: its length in words. */
    private static final int HEADER_WORDS = 0xf;

    private static final int WORD = 4;
    private static final int REDIRECT_DATA = 8;

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
            int quoteEnd = quoteEnd(frame, start, end, layers);
            layers.next(Binding.ETHER_TYPE, EtherType.IPV4.code(), payload, quoteEnd)
                    .dissect(frame, payload, quoteEnd, layers);
        }
    }

    /** A redirect quotes the header and 64 bits, RFC 792; other errors quote as much as fits, RFC 1812 section 4.3.2.3. */
    private int quoteEnd(byte[] frame, int start, int end, Layers layers) {
        int quote = start + Icmp.LENGTH;
        if (BigEndian.u8(frame, start + Icmp.TYPE) != Icmp.REDIRECT || quote == end) {
            return end;
        }
        int headerLength = (BigEndian.u8(frame, quote) & HEADER_WORDS) * WORD;
        return layers.narrow(this, start, Icmp.LENGTH + headerLength + REDIRECT_DATA, "icmp");
    }

    @Override
    public IcmpView newView() {
        return new IcmpView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                // Wireshark looks for the length of a quote before it shows anything
                Field.ofDecimal("icmp.type", "Type", IcmpView::type).needing(Icmp.REST + 2),
                Field.ofDecimal("icmp.code", "Code", IcmpView::code).needing(Icmp.REST + 2),
                Field.ofHex("icmp.checksum", "Checksum", 4, IcmpView::checksum).needing(Icmp.REST + 2),
                Field.ofDecimal(
                                "icmp.checksum.status",
                                "Checksum status",
                                (IcmpView view) -> view.checksumStatus().code())
                        .needing(Icmp.REST + 2),
                Field.ofDecimal(
                        "icmp.ident",
                        "Identifier",
                        (IcmpView view) -> Icmp.isQuery(view.type()) || Icmp.isExtendedEcho(view.type())
                                ? view.identifier()
                                : Field.ABSENT),
                Field.ofDecimal(
                        "icmp.seq",
                        "Sequence Number",
                        (IcmpView view) -> Icmp.isQuery(view.type()) ? view.sequenceNumber() : Field.ABSENT),
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
