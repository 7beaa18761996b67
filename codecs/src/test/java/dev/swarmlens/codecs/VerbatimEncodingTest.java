package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.testkit.Frames;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is parsed comes back byte for byte in verbatim encoding. */
class VerbatimEncodingTest {

    @Provide
    Arbitrary<Packet> frames() {
        return Frames.any();
    }

    @Provide
    Arbitrary<byte[]> damagedFrames() {
        return Frames.damaged();
    }

    @Property(tries = 300)
    void aSoundFrameComesBackByteForByteTrailerIncluded(@ForAll("frames") Packet packet) {
        Bytes frame = packet.encode();
        Packet parsed = Packet.parse(frame.toArray(), Frames.linkType(packet), ProtocolRegistry.standard())
                .packet();

        assertThat(parsed.payload()).isEqualTo(packet.payload());
        assertThat(parsed.trailer()).isEqualTo(packet.trailer());
        assertThat(parsed.encode(Encoding.VERBATIM)).isEqualTo(frame);
    }

    @Property(tries = 500)
    void aPacketThatLiesComesBackByteForByte(@ForAll("frames") Packet packet) {
        Bytes frame = packet.encode(Encoding.VERBATIM);

        assertThat(reencoded(frame.toArray())).isEqualTo(frame);
    }

    @Property(tries = 1000)
    void aDamagedFrameComesBackByteForByte(@ForAll("damagedFrames") byte[] frame) {
        assertThat(reencoded(frame)).isEqualTo(Bytes.of(frame));
    }

    private static Bytes reencoded(byte[] frame) {
        return Packet.parse(frame).packet().encode(Encoding.VERBATIM);
    }
}
