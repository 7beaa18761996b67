package dev.swarmlens.codecs.vlan;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.View;

/** A view of a {@link Vlan} tag. */
public final class VlanView extends View {

    /** The priority code point, 0 to 7. */
    public int priority() {
        return u16(Vlan.TAG_CONTROL) >>> Vlan.PRIORITY_SHIFT;
    }

    /** The drop eligible indicator. */
    public boolean dropEligible() {
        return (u16(Vlan.TAG_CONTROL) & Vlan.DROP_ELIGIBLE_BIT) != 0;
    }

    /** The VLAN identifier, 0 to 4095. */
    public int id() {
        return u16(Vlan.TAG_CONTROL) & Vlan.ID_MASK;
    }

    /** Whether this is a service provider's tag, by the EtherType before it, IEEE 802.1ad. */
    public boolean isServiceTag() {
        return start() >= Vlan.TAG_PROTOCOL
                && BigEndian.u16(frame(), start() - Vlan.TAG_PROTOCOL) == EtherType.SERVICE_VLAN.code();
    }

    /** The EtherType of what is inside, or a length if up to 1500. */
    public int type() {
        return u16(Vlan.TYPE);
    }

    @Override
    public int headerLength() {
        return Vlan.LENGTH;
    }

    @Override
    public Vlan toHeader() {
        return new Vlan(priority(), dropEligible(), id(), new EtherType(type()));
    }
}
