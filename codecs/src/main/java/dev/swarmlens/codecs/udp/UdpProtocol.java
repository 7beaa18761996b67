package dev.swarmlens.codecs.udp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Fault;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** UDP: hands on by destination port. */
public final class UdpProtocol implements Protocol {
    /** The one instance. */
    public static final UdpProtocol INSTANCE = new UdpProtocol();

    private UdpProtocol() {}

    @Override
    public String name() {
        return "udp";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Udp.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Udp.LENGTH, end);
            return;
        }
        int length = BigEndian.u16(frame, start + Udp.DATAGRAM_LENGTH);
        int payloadEnd = end;
        if (length >= Udp.LENGTH) {
            payloadEnd = layers.narrow(this, start, length, "udp.length");
        } else if (length != 0) {
            // 0 stands for a datagram longer than the field can say, RFC 2675 section 4
            layers.fault(Fault.BAD_LENGTH, this, start, Udp.LENGTH, length);
        }
        if (layers.push(this, start, payload, payloadEnd)) {
            int port = BigEndian.u16(frame, start + Udp.DESTINATION_PORT);
            layers.next(Binding.UDP_DESTINATION_PORT, port, payload, payloadEnd);
        }
    }

    @Override
    public UdpView newView() {
        return new UdpView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("udp.srcport", "Source Port", UdpView::sourcePort),
                Field.ofDecimal("udp.dstport", "Destination Port", UdpView::destinationPort),
                Field.ofDecimal("udp.length", "Length", UdpView::datagramLength),
                Field.ofHex("udp.checksum", "Checksum", 4, UdpView::checksum),
                Field.ofDecimal(
                        "udp.checksum.status",
                        "Checksum status",
                        (UdpView view) -> view.checksumStatus().code()));
    }
}
