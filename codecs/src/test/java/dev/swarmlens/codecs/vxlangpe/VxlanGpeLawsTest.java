package dev.swarmlens.codecs.vxlangpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.kaitai.VxlanGpeHeader;
import dev.swarmlens.codecs.testkit.Headers;
import dev.swarmlens.codecs.udp.Udp;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

public class VxlanGpeLawsTest extends ProtocolLaws<VxlanGpe, VxlanGpeView, VxlanGpeHeader> {
    public static final Opinions<VxlanGpe, VxlanGpeView, VxlanGpeHeader> OPINIONS = new Opinions<>(
                    VxlanGpeProtocol.INSTANCE,
                    VxlanGpe.class,
                    VxlanGpeView.class,
                    VxlanGpeHeader.class,
                    VxlanGpeHeader::new)
            .number("headerLength", VxlanGpe::length, VxlanGpeView::headerLength, k -> 8)
            .number("flags", VxlanGpe::flags, VxlanGpeView::flags, VxlanGpeHeader::flags)
            .number("version", h -> h.flags() / 16 % 4, VxlanGpeView::version, VxlanGpeHeader::version)
            .number(
                    "hasValidVni",
                    h -> Opinions.NONE,
                    v -> Opinions.number(v.hasValidVni()),
                    k -> Opinions.number(k.hasValidVni()))
            .number(
                    "hasNextProtocol",
                    h -> Opinions.NONE,
                    v -> Opinions.number(v.hasNextProtocol()),
                    k -> Opinions.number(k.hasNextProtocol()))
            .number("isOam", h -> Opinions.NONE, v -> Opinions.number(v.isOam()), k -> Opinions.number(k.isOam()))
            .number("reserved16", VxlanGpe::reserved16, VxlanGpeView::reserved16, VxlanGpeHeader::reserved16)
            .number("nextProtocol", VxlanGpe::nextProtocol, VxlanGpeView::nextProtocol, VxlanGpeHeader::nextProtocol)
            .number("vni", VxlanGpe::vni, VxlanGpeView::vni, VxlanGpeHeader::vni)
            .number("reserved8", VxlanGpe::reserved8, VxlanGpeView::reserved8, VxlanGpeHeader::reserved8);

    VxlanGpeLawsTest() {
        super(OPINIONS, 8);
    }

    @Override
    protected Arbitrary<VxlanGpe> headers() {
        return Headers.vxlanGpe();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("flags", 8, "reserved16", 16, "nextProtocol", 8, "vni", 24, "reserved8", 8);
    }

    @Override
    protected int encloses(VxlanGpe header) {
        return 0;
    }

    @Example
    void aNetworkIdentifierOf25BitsIsRefused() {
        assertThatThrownBy(() -> VxlanGpe.of(1 << 24))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("VXLAN-GPE VNI 16777216 is outside 0..16777215 (24 bits)");
    }

    /** The codes of draft-ietf-nvo3-vxlan-gpe section 3.1. */
    @Example
    void encodingSaysWhatIsInside() {
        Header ethernet = Ethernet.from("02:42:0a:00:09:03").to("02:42:0a:00:09:04");
        Header ipv4 = Ipv4.from("10.0.9.3").to("10.0.9.4");
        Header ipv6 = Ipv6.from("fd00::1").to("fd00::2");

        assertThat(nextProtocolBefore(ipv4)).isEqualTo(1);
        assertThat(nextProtocolBefore(ipv6)).isEqualTo(2);
        assertThat(nextProtocolBefore(ethernet)).isEqualTo(3);
    }

    private static int nextProtocolBefore(Header inside) {
        List<Header> parsed = Packet.parse(Packet.of(
                                Ethernet.from("52:54:00:00:00:01").to("52:54:00:00:00:02"),
                                Ipv4.from("192.168.56.101").to("192.168.56.102"),
                                Udp.from(50_000).to(4790),
                                VxlanGpe.of(7),
                                inside)
                        .withPayload(Bytes.of(new byte[20]))
                        .encode()
                        .toArray())
                .packet()
                .layers();
        assertThat(parsed.get(4)).isInstanceOf(inside.getClass());
        return ((VxlanGpe) parsed.get(3)).nextProtocol();
    }
}
