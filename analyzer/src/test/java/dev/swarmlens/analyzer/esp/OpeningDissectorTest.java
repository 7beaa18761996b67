package dev.swarmlens.analyzer.esp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.Protocol;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What Java's own cipher seals is opened; nothing else is. */
class OpeningDissectorTest {
    private static final int SPI = 0xf4faae1b;
    private static final int ESP = 34;
    private static final int TEXT = ESP + 16;
    private static final int TAG = 8;

    private final Layers layers = new Layers();

    private static XfrmState keys(byte[] key) {
        try {
            return XfrmState.parse(
                    "src 10.1.11.45 dst 10.1.11.29\n\tproto esp spi 0xf4faae1b\n\taead rfc4106(gcm(aes)) 0x"
                            + HexFormat.of().formatHex(key) + "f4faae1b 64\n");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Ethernet, IPv4, ESP with a text that ends with padding, its length, and the next header. */
    private static byte[] sealed(byte[] key, int sequence, byte[] text) {
        byte[] frame = new byte[TEXT + text.length + TAG];
        BigEndian.put16(frame, 12, 0x0800);
        BigEndian.put16(frame, 14, 0x4500);
        BigEndian.put16(frame, 16, frame.length - 14);
        BigEndian.put16(frame, 22, 64 << 8 | 50);
        BigEndian.put32(frame, 26, 0x0a010b2d);
        BigEndian.put32(frame, 30, 0x0a010b1d);
        BigEndian.put32(frame, ESP, SPI);
        BigEndian.put32(frame, ESP + 4, sequence);
        BigEndian.put32(frame, ESP + 12, ~sequence);
        byte[] nonce = new byte[12];
        BigEndian.put32(nonce, 0, SPI);
        System.arraycopy(frame, ESP + 8, nonce, 4, 8);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(frame, ESP, 8);
            // the shorter check value is the beginning of the longer one
            System.arraycopy(cipher.doFinal(text), 0, frame, TEXT, text.length + TAG);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        return frame;
    }

    /** A UDP datagram and what ESP adds. */
    private static byte[] datagram(byte[] data, int padding) {
        byte[] text = new byte[8 + data.length + padding + 2];
        BigEndian.put16(text, 0, 50_000);
        BigEndian.put16(text, 2, 9);
        BigEndian.put16(text, 4, 8 + data.length);
        System.arraycopy(data, 0, text, 8, data.length);
        text[text.length - 2] = (byte) padding;
        text[text.length - 1] = 17;
        return text;
    }

    private OpeningDissector dissect(XfrmState keys, byte[] frame, int offset, int captured) {
        byte[] array = new byte[offset + frame.length + 3];
        System.arraycopy(frame, 0, array, offset, frame.length);
        Frame whole = new Frame();
        whole.set(array, offset, offset + captured, frame.length, LinkType.ETHERNET);
        OpeningDissector dissector = new OpeningDissector(ProtocolRegistry.standard(), keys);
        dissector.dissect(whole, layers);
        return dissector;
    }

    private List<String> protocols() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < layers.count(); i++) {
            Protocol protocol = layers.protocol(i);
            names.add(protocol.name());
        }
        return names;
    }

    @Property
    void opensWhatWasSealed(
            @ForAll @Size(16) byte[] key,
            @ForAll int sequence,
            @ForAll @Size(max = 300) byte[] data,
            @ForAll @IntRange(max = 255) int padding,
            @ForAll @IntRange(max = 40) int offset) {
        byte[] frame = sealed(key, sequence, datagram(data, padding));

        OpeningDissector dissector = dissect(keys(key), frame, offset, frame.length);

        assertThat(dissector.hasOpened()).isTrue();
        assertThat(dissector.hasRefused()).isFalse();
        assertThat(protocols()).startsWith("eth", "ip", "esp", "udp");
        assertThat(Bytes.of(layers.frame(), layers.payload(3), layers.end(3)))
                .isEqualTo(Bytes.of(data, 0, data.length));
        assertThat(layers.start(2) - layers.frameStart()).isEqualTo(ESP);
        assertThat(layers.frameEnd() - layers.frameStart()).isEqualTo(frame.length);
        assertThat(layers.frame()[layers.end(2) - 1]).isEqualTo((byte) 17);
        assertThat(Arrays.copyOfRange(layers.frame(), layers.frameStart(), layers.frameStart() + TEXT))
                .isEqualTo(Arrays.copyOf(frame, TEXT));
    }

    @Property
    void refusesWhatWasChanged(@ForAll @Size(16) byte[] key, @ForAll @IntRange(min = 4, max = 60) int at) {
        byte[] frame = sealed(key, 1, datagram(new byte[20], 0));
        // of the first four bytes depends which keys are tried
        frame[ESP + at % (frame.length - ESP - 4) + (at % (frame.length - ESP - 4) < 4 ? 4 : 0)] ^= 1;

        OpeningDissector dissector = dissect(keys(key), frame, 0, frame.length);

        assertThat(dissector.hasOpened()).isFalse();
        assertThat(dissector.hasRefused()).isTrue();
        assertThat(protocols()).containsExactly("eth", "ip", "esp");
    }

    @Example
    void anotherKeyOpensNothing() {
        byte[] frame = sealed(new byte[16], 1, datagram(new byte[20], 0));
        byte[] other = new byte[16];
        other[15] = 1;

        assertThat(dissect(keys(other), frame, 0, frame.length).hasRefused()).isTrue();
        assertThat(dissect(XfrmState.NONE, frame, 0, frame.length).hasRefused()).isFalse();
        assertThat(dissect(keys(other), frame, 0, frame.length - 1).hasRefused())
                .as("one that was cut cannot be verified")
                .isFalse();
        assertThat(Address.of("10.1.11.45")).isNotNull();
    }

    @Property
    void nothingThatIsSealedThrows(@ForAll @Size(max = 64) byte[] text) {
        byte[] frame = sealed(new byte[16], 1, text);

        OpeningDissector dissector = dissect(keys(new byte[16]), frame, 5, frame.length);

        assertThat(dissector.hasOpened() ^ dissector.hasRefused()).isTrue();
        int start = layers.frameStart();
        for (int i = 0; i < layers.count(); i++) {
            assertThat(layers.start(i)).isBetween(start, layers.payload(i));
            assertThat(layers.end(i)).isBetween(layers.payload(i), layers.frameEnd());
            start = layers.payload(i);
        }
    }

    @Property
    void nothingAtAllThrows(@ForAll @Size(max = 80) byte[] garbage) {
        byte[] frame = Arrays.copyOf(sealed(new byte[16], 1, new byte[0]), ESP + 4 + garbage.length);
        BigEndian.put16(frame, 16, frame.length - 14);
        System.arraycopy(garbage, 0, frame, ESP + 4, garbage.length);

        OpeningDissector dissector = dissect(keys(new byte[16]), frame, 0, frame.length);

        assertThat(dissector.hasOpened()).isFalse();
    }
}
