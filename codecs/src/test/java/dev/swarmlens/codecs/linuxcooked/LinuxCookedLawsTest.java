package dev.swarmlens.codecs.linuxcooked;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.LinuxCookedHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitrary;

public class LinuxCookedLawsTest extends ProtocolLaws<LinuxCooked, LinuxCookedView, LinuxCookedHeader> {
    public static final Opinions<LinuxCooked, LinuxCookedView, LinuxCookedHeader> OPINIONS = new Opinions<>(
                    LinuxCookedProtocol.INSTANCE,
                    LinuxCooked.class,
                    LinuxCookedView.class,
                    LinuxCookedHeader.class,
                    LinuxCookedHeader::new)
            .number("headerLength", LinuxCooked::length, LinuxCookedView::headerLength, k -> 16)
            .number("packetType", LinuxCooked::packetType, LinuxCookedView::packetType, LinuxCookedHeader::packetType)
            .number("arphrdType", LinuxCooked::arphrdType, LinuxCookedView::arphrdType, LinuxCookedHeader::arphrdType)
            .number(
                    "addressLength",
                    LinuxCooked::addressLength,
                    LinuxCookedView::addressLength,
                    LinuxCookedHeader::addressLength)
            .number("address", LinuxCooked::address, LinuxCookedView::address, k -> Opinions.number(k.address()))
            .number(
                    "mac",
                    h -> h.address() >>> 16,
                    LinuxCookedView::mac,
                    k -> Opinions.number(Arrays.copyOf(k.address(), 6)))
            .number("type", h -> h.type().code(), LinuxCookedView::type, LinuxCookedHeader::type);

    LinuxCookedLawsTest() {
        super(OPINIONS, 16);
    }

    @Override
    protected Arbitrary<LinuxCooked> headers() {
        return Headers.linuxCooked();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("packetType", 16, "arphrdType", 16, "addressLength", 16, "address", 64);
    }

    @Override
    protected int encloses(LinuxCooked header) {
        return 0;
    }
}
