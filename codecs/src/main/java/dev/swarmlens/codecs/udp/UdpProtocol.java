package dev.swarmlens.codecs.udp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.NetworkProtocol;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** UDP: hands on by destination port. */
public final class UdpProtocol extends Protocol {
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
        boolean jumbo = length == 0 && isJumbogram(start, layers);
        if (length < Udp.LENGTH && !jumbo) {
            layers.contradicts(this, start, Udp.LENGTH, length, Udp.CHECKSUM);
            return;
        }
        int payloadEnd = jumbo ? end : layers.narrow(this, start, length, "udp.length");
        if (layers.push(this, start, payload, payloadEnd)) {
            int port = BigEndian.u16(frame, start + Udp.DESTINATION_PORT);
            layers.next(Binding.UDP_DESTINATION_PORT, port, payload, payloadEnd)
                    .dissect(frame, payload, payloadEnd, layers);
        }
    }

    /** A length of 0 stands for a datagram longer than the field can say, RFC 2675 section 4. */
    private static boolean isJumbogram(int start, Layers layers) {
        NetworkProtocol network = layers.networkAround(layers.count());
        return layers.wireEnd() - start > Udp.MAX_DATAGRAM_LENGTH || network != null && network.allowsJumbograms();
    }

    @Override
    public UdpView newView() {
        return new UdpView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("udp.srcport", "Source Port", UdpView::sourcePort)
                        .needing(Udp.DATAGRAM_LENGTH),
                Field.ofDecimal("udp.dstport", "Destination Port", UdpView::destinationPort),
                Field.ofDecimal("udp.length", "Length", UdpView::datagramLength),
                Field.ofHex("udp.checksum", "Checksum", 4, UdpView::checksum),
                Field.ofDecimal(
                        "udp.checksum.status",
                        "Checksum status",
                        (UdpView view) -> view.checksumStatus().code()));
    }
}
