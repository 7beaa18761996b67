package dev.swarmlens.codecs.ipv6;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Fault;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.NetworkProtocol;
import java.util.List;

/** IPv6: hands on by next header. */
public final class Ipv6Protocol extends NetworkProtocol {
    /** The one instance. */
    public static final Ipv6Protocol INSTANCE = new Ipv6Protocol();

    private Ipv6Protocol() {}

    @Override
    public String name() {
        return "ipv6";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int version = start == end ? Ipv6.VERSION : BigEndian.u8(frame, start) >>> 4;
        if (version != Ipv6.VERSION) {
            layers.fault(Fault.BAD_VERSION, this, start, Ipv6.VERSION, version);
            layers.begins(this, start, start + 1);
            return;
        }
        int payload = start + Ipv6.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Ipv6.LENGTH, end);
            return;
        }
        int next = BigEndian.u8(frame, start + Ipv6.NEXT_HEADER);
        int length = Ipv6.LENGTH + BigEndian.u16(frame, start + Ipv6.PAYLOAD_LENGTH);
        if (length == Ipv6.LENGTH) {
            length = Jumbogram.length(frame, start, end, layers.wireEnd());
        }
        int payloadEnd = layers.narrow(this, start, length, "ipv6.plen");
        if (layers.push(this, start, payload, payloadEnd)) {
            layers.beginDatagram(start + length);
            layers.next(Binding.IP_PROTOCOL, next, payload, payloadEnd).dissect(frame, payload, payloadEnd, layers);
        }
    }

    @Override
    public int senderAt(byte[] frame, int start, int end) {
        return start + Ipv6.SOURCE;
    }

    @Override
    public int receiverAt(byte[] frame, int start, int end) {
        return start + Ipv6.DESTINATION;
    }

    @Override
    public int addressLength() {
        return Ipv6Address.LENGTH;
    }

    @Override
    public boolean demandsUdpChecksum() {
        return true;
    }

    @Override
    public boolean leavesLengthOpen(byte[] frame, int start) {
        return BigEndian.u16(frame, start + Ipv6.PAYLOAD_LENGTH) == 0;
    }

    @Override
    public boolean allowsJumbograms() {
        return true;
    }

    @Override
    public Ipv6View newView() {
        return new Ipv6View();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("ipv6.version", "Version", Ipv6View::version),
                Field.ofHex("ipv6.tclass", "Traffic Class", 8, Ipv6View::trafficClass),
                Field.ofHex("ipv6.flow", "Flow Label", 6, Ipv6View::flowLabel),
                Field.ofDecimal("ipv6.plen", "Payload Length", Ipv6View::payloadLength)
                        .needing(Ipv6.NEXT_HEADER + 1),
                Field.ofDecimal("ipv6.nxt", "Next Header", Ipv6View::nextHeader),
                Field.ofDecimal("ipv6.hlim", "Hop Limit", Ipv6View::hopLimit),
                Field.ofIpv6("ipv6.src", "Source Address", Ipv6View::sourceHigh, Ipv6View::sourceLow),
                Field.ofIpv6("ipv6.dst", "Destination Address", Ipv6View::destinationHigh, Ipv6View::destinationLow));
    }
}
