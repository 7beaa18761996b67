package dev.swarmlens.codecs.vlan;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.VlanTag;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;

public class VlanLawsTest extends ProtocolLaws<Vlan, VlanView, VlanTag> {
    public static final Opinions<Vlan, VlanView, VlanTag> OPINIONS = new Opinions<>(
                    VlanProtocol.INSTANCE, Vlan.class, VlanView.class, VlanTag.class, VlanTag::new)
            .number("headerLength", Vlan::length, VlanView::headerLength, k -> 4)
            .number("priority", Vlan::priority, VlanView::priority, VlanTag::priority)
            .number(
                    "dropEligible",
                    h -> Opinions.number(h.dropEligible()),
                    v -> Opinions.number(v.dropEligible()),
                    k -> Opinions.number(k.dropEligible()))
            .number("id", Vlan::id, VlanView::id, VlanTag::id)
            .number("type", h -> h.type().code(), VlanView::type, VlanTag::type)
            .elsewhere("isServiceTag");

    VlanLawsTest() {
        super(OPINIONS, 4);
    }

    @Override
    protected Arbitrary<Vlan> headers() {
        return Headers.vlan();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("priority", 3, "id", 12);
    }

    @Override
    protected int encloses(Vlan header) {
        // a length as in Ethernet, IEEE 802.3 clause 3.2.6
        return header.type().code() <= 1500 ? header.type().code() : 0;
    }
}
