package dev.swarmlens.codecs.vxlan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.VxlanHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

public class VxlanLawsTest extends ProtocolLaws<Vxlan, VxlanView, VxlanHeader> {
    public static final Opinions<Vxlan, VxlanView, VxlanHeader> OPINIONS = new Opinions<>(
                    VxlanProtocol.INSTANCE, Vxlan.class, VxlanView.class, VxlanHeader.class, VxlanHeader::new)
            .number("headerLength", Vxlan::length, VxlanView::headerLength, k -> 8)
            .number("flags", Vxlan::flags, VxlanView::flags, VxlanHeader::flags)
            .number(
                    "hasValidVni",
                    h -> Opinions.NONE,
                    v -> Opinions.number(v.hasValidVni()),
                    k -> Opinions.number(k.hasValidVni()))
            .number("groupPolicyId", Vxlan::groupPolicyId, VxlanView::groupPolicyId, VxlanHeader::groupPolicyId)
            .number("vni", Vxlan::vni, VxlanView::vni, VxlanHeader::vni)
            .number("reserved", Vxlan::reserved, VxlanView::reserved, VxlanHeader::reserved);

    VxlanLawsTest() {
        super(OPINIONS, 8);
    }

    @Override
    protected Arbitrary<Vxlan> headers() {
        return Headers.vxlan();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("flags", 16, "groupPolicyId", 16, "vni", 24, "reserved", 8);
    }

    @Override
    protected int encloses(Vxlan header) {
        return 0;
    }

    @Example
    void aNetworkIdentifierOf25BitsIsRefused() {
        assertThatThrownBy(() -> Vxlan.of(1 << 24))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("VXLAN VNI 16777216 is outside 0..16777215 (24 bits)");
    }
}
