package dev.swarmlens.codecs.linuxcooked;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.LinuxCooked2Header;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitrary;

public class LinuxCooked2LawsTest extends ProtocolLaws<LinuxCooked2, LinuxCooked2View, LinuxCooked2Header> {
    public static final Opinions<LinuxCooked2, LinuxCooked2View, LinuxCooked2Header> OPINIONS = new Opinions<>(
                    LinuxCooked2Protocol.INSTANCE,
                    LinuxCooked2.class,
                    LinuxCooked2View.class,
                    LinuxCooked2Header.class,
                    LinuxCooked2Header::new)
            .number("headerLength", LinuxCooked2::length, LinuxCooked2View::headerLength, k -> 20)
            .number("type", h -> h.type().code(), LinuxCooked2View::type, LinuxCooked2Header::type)
            .number("reserved", LinuxCooked2::reserved, LinuxCooked2View::reserved, LinuxCooked2Header::reserved)
            .number(
                    "interfaceIndex",
                    h -> Integer.toUnsignedLong(h.interfaceIndex()),
                    v -> Integer.toUnsignedLong(v.interfaceIndex()),
                    LinuxCooked2Header::interfaceIndex)
            .number(
                    "arphrdType",
                    LinuxCooked2::arphrdType,
                    LinuxCooked2View::arphrdType,
                    LinuxCooked2Header::arphrdType)
            .number(
                    "packetType",
                    LinuxCooked2::packetType,
                    LinuxCooked2View::packetType,
                    LinuxCooked2Header::packetType)
            .number(
                    "addressLength",
                    LinuxCooked2::addressLength,
                    LinuxCooked2View::addressLength,
                    LinuxCooked2Header::addressLength)
            .number("address", LinuxCooked2::address, LinuxCooked2View::address, k -> Opinions.number(k.address()))
            .number(
                    "mac",
                    h -> h.address() >>> 16,
                    LinuxCooked2View::mac,
                    k -> Opinions.number(Arrays.copyOf(k.address(), 6)));

    LinuxCooked2LawsTest() {
        super(OPINIONS, 20);
    }

    @Override
    protected Arbitrary<LinuxCooked2> headers() {
        return Headers.linuxCooked2();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of(
                "reserved", 16,
                "interfaceIndex", 32,
                "arphrdType", 16,
                "packetType", 8,
                "addressLength", 8,
                "address", 64);
    }

    @Override
    protected int encloses(LinuxCooked2 header) {
        return 0;
    }
}
