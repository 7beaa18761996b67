package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.esp.EspProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What was encrypted is dissected from a copy of the frame, and the layers before lie in this copy, too. */
class ClearDissectionTest {
    private static final int IP = 14;
    private static final int ESP = IP + 20;
    private static final int PAYLOAD = ESP + 8;

    private final Dissector dissector = new Dissector(ProtocolRegistry.standard());
    private final Layers layers = new Layers();

    private static byte[] frame(byte[] payload) {
        byte[] frame = new byte[PAYLOAD + payload.length];
        BigEndian.put16(frame, 12, EtherType.IPV4.code());
        BigEndian.put16(frame, IP, 0x4500);
        BigEndian.put16(frame, IP + 2, frame.length - IP);
        BigEndian.put16(frame, IP + 8, 64 << 8 | IpProtocol.ESP.code());
        BigEndian.put32(frame, ESP, 0x12345678);
        System.arraycopy(payload, 0, frame, PAYLOAD, payload.length);
        return frame;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < layers.count(); i++) {
            names.add(layers.protocol(i).name());
        }
        return names;
    }

    private List<Integer> extent(int layer) {
        return List.of(layers.start(layer), layers.payload(layer), layers.end(layer));
    }

    @Example
    void goesOnInTheCopy() {
        // a datagram of three bytes, two of padding, and what says so
        byte[] frame = frame(new byte[8 + 3 + 4]);
        byte[] array = new byte[7 + frame.length];
        System.arraycopy(frame, 0, array, 7, frame.length);
        dissector.dissect(array, 7, array.length, frame.length, LinkType.ETHERNET.code(), layers);
        assertThat(names()).containsExactly("eth", "ip", "esp");
        byte[] clear = frame.clone();
        BigEndian.put16(clear, PAYLOAD + 4, 11);

        dissector.dissectClear(
                clear, PAYLOAD, PAYLOAD + 11, clear.length, Binding.IP_PROTOCOL, IpProtocol.UDP.code(), layers);

        assertThat(names()).containsExactly("eth", "ip", "esp", "udp");
        assertThat(layers.protocol(2)).isSameAs(EspProtocol.INSTANCE);
        assertThat(layers.frame()).isSameAs(clear);
        assertThat(List.of(layers.frameStart(), layers.frameEnd())).containsExactly(0, frame.length);
        assertThat(extent(0)).containsExactly(0, IP, frame.length);
        assertThat(extent(1)).containsExactly(IP, ESP, frame.length);
        assertThat(extent(2)).containsExactly(ESP, PAYLOAD, clear.length);
        assertThat(extent(3)).containsExactly(PAYLOAD, PAYLOAD + 8, PAYLOAD + 11);
        assertThat(layers.wireEnd()).isEqualTo(PAYLOAD + 11);
        assertThat(layers.problem()).isNull();
    }

    @Property
    void whateverIsInsideLayersNest(
            @ForAll @Size(max = 200) byte[] payload,
            @ForAll @IntRange(max = 255) int protocol,
            @ForAll @IntRange(max = 200) int end) {
        byte[] frame = frame(payload);
        int clearEnd = PAYLOAD + Math.min(end, payload.length);
        dissector.dissect(frame, LinkType.ETHERNET, layers);

        byte[] clear = Arrays.copyOf(frame, frame.length + 50);
        dissector.dissectClear(clear, PAYLOAD, clearEnd, frame.length, Binding.IP_PROTOCOL, protocol, layers);

        for (int i = 0; i < layers.count(); i++) {
            assertThat(layers.start(i)).isGreaterThanOrEqualTo(i == 0 ? 0 : layers.payload(i - 1));
            assertThat(layers.payload(i)).isBetween(layers.start(i), layers.end(i));
            assertThat(layers.end(i)).isLessThanOrEqualTo(i > 2 ? clearEnd : frame.length);
        }
    }
}
