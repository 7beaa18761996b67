package dev.swarmlens.codecs.vlan;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.Ranges;

/**
 * VLAN tag without its own EtherType, IEEE 802.1Q clause 9.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | PCP |D|        VLAN ID        |             Type              |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param priority the priority code point, 0 to 7
 * @param dropEligible the drop eligible indicator
 * @param id the VLAN identifier, 0 to 4095
 * @param type what is inside; a value up to 1500 is the length of an IEEE 802.2 frame
 */
public record Vlan(int priority, boolean dropEligible, int id, EtherType type) implements Header {
    static final int TAG_CONTROL = 0;
    static final int TYPE = TAG_CONTROL + 2;
    /** Bytes on the wire. */
    public static final int LENGTH = TYPE + 2;

    /** How far before the tag the EtherType stands that announces it. */
    static final int TAG_PROTOCOL = 2;

    static final int PRIORITY_SHIFT = 13;
    static final int DROP_ELIGIBLE_BIT = 0x1000;
    static final int ID_MASK = 0xfff;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits
     */
    public Vlan {
        Ranges.checkBits("VLAN priority", priority, 3);
        Ranges.checkBits("VLAN id", id, 12);
    }

    /** A tag of priority 0; the type is filled in on encoding from what is inside. */
    public static Vlan id(int id) {
        return new Vlan(0, false, id, new EtherType(0));
    }

    /** The same tag with another type. */
    public Vlan withType(EtherType newType) {
        return new Vlan(priority, dropEligible, id, newType);
    }

    @Override
    public VlanProtocol protocol() {
        return VlanProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        int control = priority << PRIORITY_SHIFT | (dropEligible ? DROP_ELIGIBLE_BIT : 0) | id;
        BigEndian.put16(frame, offset + TAG_CONTROL, control);
        BigEndian.put16(frame, offset + TYPE, type.code());
    }

    @Override
    public void complete(Completion completion) {
        int value = completion.nextTypeOrLength(LENGTH, type.code());
        BigEndian.put16(completion.frame(), completion.offset() + TYPE, value);
    }

    @Override
    public String toString() {
        return new HeaderText("VLAN " + id)
                .number("priority", priority, 0)
                .when(dropEligible, "drop eligible")
                .hex("type", type.code(), 4, 0)
                .toString();
    }
}
