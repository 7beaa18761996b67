package dev.swarmlens.codecs.ipv6;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Fault;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.InternetChecksum;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.NetworkProtocol;
import java.util.List;

/** IPv6: hands on by next header. */
public final class Ipv6Protocol implements NetworkProtocol {
    /** The one instance. */
    public static final Ipv6Protocol INSTANCE = new Ipv6Protocol();

    private Ipv6Protocol() {}

    @Override
    public String name() {
        return "ipv6";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Ipv6.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Ipv6.LENGTH, end);
            return;
        }
        int version = BigEndian.u8(frame, start) >>> 4;
        if (version != Ipv6.VERSION) {
            layers.fault(Fault.BAD_VERSION, this, start, Ipv6.VERSION, version);
            return;
        }
        int payloadLength = BigEndian.u16(frame, start + Ipv6.PAYLOAD_LENGTH);
        int next = BigEndian.u8(frame, start + Ipv6.NEXT_HEADER);
        int payloadEnd = end;
        // 0 stands for a jumbogram or for segmentation left to the network card, RFC 2675, unless nothing follows
        if (payloadLength != 0) {
            payloadEnd = layers.narrow(this, start, Ipv6.LENGTH + payloadLength, "ipv6.plen");
        }
        if (layers.push(this, start, payload, payloadEnd)) {
            layers.next(Binding.IP_PROTOCOL, next, payload, payloadEnd);
        }
    }

    @Override
    public long pseudoHeaderSum(byte[] frame, int start, int protocol, int length) {
        int addresses = start + Ipv6.SOURCE;
        return InternetChecksum.sum(frame, addresses, start + Ipv6.LENGTH, 0) + protocol + length;
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
    public Ipv6View newView() {
        return new Ipv6View();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("ipv6.version", "Version", Ipv6View::version),
                Field.ofHex("ipv6.tclass", "Traffic Class", 8, Ipv6View::trafficClass),
                Field.ofHex("ipv6.flow", "Flow Label", 6, Ipv6View::flowLabel),
                Field.ofDecimal("ipv6.plen", "Payload Length", Ipv6View::payloadLength),
                Field.ofDecimal("ipv6.nxt", "Next Header", Ipv6View::nextHeader),
                Field.ofDecimal("ipv6.hlim", "Hop Limit", Ipv6View::hopLimit),
                Field.ofText(
                        "ipv6.src",
                        "Source Address",
                        (Ipv6View view) -> new Ipv6Address(view.sourceHigh(), view.sourceLow()).toString()),
                Field.ofText(
                        "ipv6.dst",
                        "Destination Address",
                        (Ipv6View view) -> new Ipv6Address(view.destinationHigh(), view.destinationLow()).toString()));
    }
}
