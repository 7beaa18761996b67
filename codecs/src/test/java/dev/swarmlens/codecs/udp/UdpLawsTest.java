package dev.swarmlens.codecs.udp;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.UdpHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;

public class UdpLawsTest extends ProtocolLaws<Udp, UdpView, UdpHeader> {
    public static final Opinions<Udp, UdpView, UdpHeader> OPINIONS = new Opinions<>(
                    UdpProtocol.INSTANCE, Udp.class, UdpView.class, UdpHeader.class, UdpHeader::new)
            .number("headerLength", Udp::length, UdpView::headerLength, k -> 8)
            .number("sourcePort", Udp::sourcePort, UdpView::sourcePort, UdpHeader::sourcePort)
            .number("destinationPort", Udp::destinationPort, UdpView::destinationPort, UdpHeader::destinationPort)
            .number("datagramLength", Udp::datagramLength, UdpView::datagramLength, UdpHeader::datagramLength)
            .number("checksum", Udp::checksum, UdpView::checksum, UdpHeader::checksum)
            .elsewhere("checksumStatus")
            .elsewhere("checksumStatus");

    UdpLawsTest() {
        super(OPINIONS, 8);
    }

    @Override
    protected Arbitrary<Udp> headers() {
        return Headers.udp();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("sourcePort", 16, "destinationPort", 16, "datagramLength", 16, "checksum", 16);
    }

    @Override
    protected int encloses(Udp header) {
        return header.datagramLength() < 8 ? -1 : header.datagramLength() - 8;
    }

    @Override
    protected void makePlausible(byte[] bytes) {
        // a length of at least 256
        bytes[4] |= 1;
    }
}
