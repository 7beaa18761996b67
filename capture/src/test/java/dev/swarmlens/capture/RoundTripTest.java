package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ParsedPacket;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes become a packet, and the packet becomes the same bytes: for every frame of every capture, damaged ones included. */
class RoundTripTest {
    private static final int MANY = 150_000;

    private long decoded;
    private final List<String> changed = new ArrayList<>();

    @Test
    void everyFrameOfEveryCaptureComesBackByteForByte() throws IOException {
        for (Path file : TestCaptures.files()) {
            try (CaptureReader reader = CaptureReader.open(file)) {
                Frame frame = new Frame();
                while (reader.next(frame)) {
                    compare(file, frame);
                }
            } catch (NotACaptureException e) {
                // which ones these are is PublicCapturesTest's to say
            }
        }

        assertThat(changed).isEmpty();
        assertThat(decoded).isGreaterThan(MANY);
    }

    private void compare(Path file, Frame frame) {
        byte[] bytes = Arrays.copyOfRange(frame.bytes(), frame.start(), frame.end());
        ParsedPacket parsed = Packet.parse(bytes, frame.linkType(), ProtocolRegistry.standard());
        decoded += parsed.packet().layers().isEmpty() ? 0 : 1;
        if (!parsed.packet().encode(Encoding.VERBATIM).equals(Bytes.of(bytes))) {
            changed.add("frame " + frame.number() + " of " + file);
        }
    }
}
