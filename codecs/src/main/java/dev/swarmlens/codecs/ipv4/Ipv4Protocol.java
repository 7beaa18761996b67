package dev.swarmlens.codecs.ipv4;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Fault;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.NetworkProtocol;
import java.util.List;

/** IPv4: hands on by protocol number; a fragment other than the first is payload. An IPv6 header in its place is taken as such. */
public final class Ipv4Protocol extends NetworkProtocol {
    /** The one instance. */
    public static final Ipv4Protocol INSTANCE = new Ipv4Protocol();

    private static final int VERSION_SHIFT = 4;
    private static final int IHL_MASK = 0xf;
    private static final int IPV6_VERSION = 6;
    private static final int MORE_FRAGMENTS = Ipv4.FLAG_MORE_FRAGMENTS << Ipv4.FLAGS_SHIFT;

    private Ipv4Protocol() {}

    @Override
    public String name() {
        return "ip";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        if (start + Ipv4.MIN_LENGTH > end) {
            refuse(frame, start, end, layers);
            return;
        }
        int versionAndIhl = BigEndian.u8(frame, start + Ipv4.VERSION_AND_IHL);
        int headerLength = (versionAndIhl & IHL_MASK) * Ipv4.WORD;
        int payload = start + headerLength;
        // 0 stands for segmentation left to the network card
        int totalLength = BigEndian.u16(frame, start + Ipv4.TOTAL_LENGTH);
        if (versionAndIhl >>> VERSION_SHIFT != Ipv4.VERSION
                || headerLength < Ipv4.MIN_LENGTH
                || totalLength < headerLength && totalLength != 0
                || payload > end) {
            refuse(frame, start, end, layers);
            return;
        }
        int payloadEnd = totalLength == 0 ? end : layers.narrow(this, start, totalLength, "ip.len");
        if (!layers.push(this, start, payload, payloadEnd)) {
            return;
        }
        int flagsAndOffset = BigEndian.u16(frame, start + Ipv4.FLAGS_AND_OFFSET);
        if ((flagsAndOffset & Ipv4.OFFSET_MASK) != 0) {
            return;
        }
        if ((flagsAndOffset & MORE_FRAGMENTS) != 0) {
            layers.beginFragment();
        } else {
            layers.beginDatagram(start + totalLength);
        }
        int protocol = BigEndian.u8(frame, start + Ipv4.PROTOCOL);
        layers.next(Binding.IP_PROTOCOL, protocol, payload, payloadEnd).dissect(frame, payload, payloadEnd, layers);
    }

    /** Says what is wrong with a header, in the order of its fields. */
    private void refuse(byte[] frame, int start, int end, Layers layers) {
        if (start == end) {
            layers.tooShort(this, start, Ipv4.MIN_LENGTH, end);
            return;
        }
        int versionAndIhl = BigEndian.u8(frame, start + Ipv4.VERSION_AND_IHL);
        int version = versionAndIhl >>> VERSION_SHIFT;
        if (version != Ipv4.VERSION) {
            layers.fault(Fault.BAD_VERSION, this, start, Ipv4.VERSION, version);
            if (version == IPV6_VERSION) {
                layers.next(Binding.ETHER_TYPE, EtherType.IPV6.code(), start, end)
                        .dissect(frame, start, end, layers);
            } else {
                layers.begins(this, start, start + Ipv4.TYPE_OF_SERVICE);
            }
            return;
        }
        int headerLength = (versionAndIhl & IHL_MASK) * Ipv4.WORD;
        if (headerLength < Ipv4.MIN_LENGTH) {
            layers.contradicts(this, start, Ipv4.MIN_LENGTH, headerLength, Ipv4.TYPE_OF_SERVICE);
            return;
        }
        int totalLength = start + Ipv4.IDENTIFICATION > end ? 0 : BigEndian.u16(frame, start + Ipv4.TOTAL_LENGTH);
        if (totalLength < headerLength && totalLength != 0) {
            layers.contradicts(this, start, headerLength, totalLength, Ipv4.IDENTIFICATION);
            return;
        }
        layers.tooShort(this, start, start + Ipv4.MIN_LENGTH > end ? Ipv4.MIN_LENGTH : headerLength, end);
    }

    @Override
    public int senderAt(byte[] frame, int start, int end) {
        return start + Ipv4.SOURCE;
    }

    @Override
    public int receiverAt(byte[] frame, int start, int end) {
        int last = SourceRoute.lastAddress(frame, start + Ipv4.OPTIONS, end);
        return last == SourceRoute.NONE ? start + Ipv4.DESTINATION : last;
    }

    @Override
    public int addressLength() {
        return Ipv4Address.LENGTH;
    }

    @Override
    public boolean demandsUdpChecksum() {
        return false;
    }

    @Override
    public boolean leavesLengthOpen(byte[] frame, int start) {
        return BigEndian.u16(frame, start + Ipv4.TOTAL_LENGTH) == 0;
    }

    @Override
    public Ipv4View newView() {
        return new Ipv4View();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("ip.version", "Version", Ipv4View::version),
                Field.ofDecimal(
                        "ip.hdr_len",
                        "Header Length",
                        (Ipv4View view) -> view.version() == Ipv4.VERSION ? view.headerLength() : Field.ABSENT),
                Field.ofHex("ip.dsfield", "Differentiated Services Field", 2, Ipv4View::typeOfService),
                // where segmentation was left to the network card the field is 0, and the length is the frame's
                Field.ofDecimal(
                        "ip.len",
                        "Total Length",
                        (Ipv4View view) -> view.totalLength() == 0 ? view.wireLength() : view.totalLength()),
                Field.ofHex("ip.id", "Identification", 4, Ipv4View::identification),
                Field.ofHex("ip.flags", "Flags", 2, Ipv4View::flags),
                Field.ofBoolean(
                        "ip.flags.df",
                        "Don't fragment",
                        (Ipv4View view) -> (view.flags() & Ipv4.FLAG_DONT_FRAGMENT) == 0 ? 0 : 1),
                Field.ofBoolean(
                        "ip.flags.mf",
                        "More fragments",
                        (Ipv4View view) -> (view.flags() & Ipv4.FLAG_MORE_FRAGMENTS) == 0 ? 0 : 1),
                Field.ofDecimal("ip.frag_offset", "Fragment Offset", Ipv4View::fragmentOffset),
                Field.ofDecimal("ip.ttl", "Time to Live", Ipv4View::timeToLive),
                Field.ofDecimal("ip.proto", "Protocol", Ipv4View::nextProtocol),
                Field.ofHex("ip.checksum", "Header Checksum", 4, Ipv4View::checksum),
                Field.ofDecimal(
                        "ip.checksum.status",
                        "Header checksum status",
                        (Ipv4View view) -> view.checksumStatus().code()),
                Field.ofIpv4("ip.src", "Source Address", Ipv4View::source),
                Field.ofIpv4("ip.dst", "Destination Address", Ipv4View::finalDestination));
    }
}
