package dev.swarmlens.codecs.isl;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Ranges;

/**
 * ISL header, "Inter-Switch Link and IEEE 802.1Q Frame Format", Cisco document 17056. It looks like an IEEE 802.3 frame with
 * LLC and SNAP, and the first five bytes of the destination tell it apart.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |              Destination (40 bits: 01-00-0c-00-00)           ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  ...          | Type  | User  |        Source (48 bits)      ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                              ...                              |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            Length             |   LLC of SNAP (24 bits)      ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      ...      |      High bytes of source (24 bits)           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            VLAN             |B|             Index             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Reserved            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param destination the group address, type and user bits included
 * @param source the sending switch's port
 * @param frameLength what follows the length field, in bytes, without this frame's check sequence, 0 to 65535
 * @param llc 0xaaaa03, 24 bits
 * @param sourceHigh the first three bytes of the source once more, 24 bits
 * @param vlan the VLAN, 0 to 32767
 * @param bpdu whether a spanning tree, CDP or VTP message is inside
 * @param index the port of the sending switch, 0 to 65535
 * @param reserved for Token Ring and FDDI, 0 to 65535
 */
public record Isl(
        MacAddress destination,
        MacAddress source,
        int frameLength,
        int llc,
        int sourceHigh,
        int vlan,
        boolean bpdu,
        int index,
        int reserved)
        implements Header {
    static final int DESTINATION = 0;
    static final int SOURCE = DESTINATION + MacAddress.LENGTH;
    static final int FRAME_LENGTH = SOURCE + MacAddress.LENGTH;
    static final int LLC = FRAME_LENGTH + 2;
    static final int SOURCE_HIGH = LLC + 3;
    static final int VLAN_AND_BPDU = SOURCE_HIGH + 3;
    static final int INDEX = VLAN_AND_BPDU + 2;
    static final int RESERVED = INDEX + 2;
    /** Bytes on the wire. */
    public static final int LENGTH = RESERVED + 2;

    /** Type: Ethernet. */
    public static final int TYPE_ETHERNET = 0;

    static final int TYPE_SHIFT = 4;
    static final int TYPE_MASK = 0xf;
    static final int VLAN_SHIFT = 1;
    static final int BPDU_BIT = 1;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits
     */
    public Isl {
        Ranges.checkBits("ISL length", frameLength, 16);
        Ranges.checkBits("ISL LLC", llc, 24);
        Ranges.checkBits("ISL high bytes of source", sourceHigh, 24);
        Ranges.checkBits("ISL VLAN", vlan, 15);
        Ranges.checkBits("ISL index", index, 16);
        Ranges.checkBits("ISL reserved bytes", reserved, 16);
    }

    /** What is inside: 0 Ethernet, 1 Token Ring, 2 FDDI, 3 ATM. */
    public int type() {
        return (int) destination.bits() >>> TYPE_SHIFT & TYPE_MASK;
    }

    @Override
    public IslProtocol protocol() {
        return IslProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put48(frame, offset + DESTINATION, destination.bits());
        BigEndian.put48(frame, offset + SOURCE, source.bits());
        BigEndian.put16(frame, offset + FRAME_LENGTH, frameLength);
        BigEndian.put24(frame, offset + LLC, llc);
        BigEndian.put24(frame, offset + SOURCE_HIGH, sourceHigh);
        BigEndian.put16(frame, offset + VLAN_AND_BPDU, vlan << VLAN_SHIFT | (bpdu ? BPDU_BIT : 0));
        BigEndian.put16(frame, offset + INDEX, index);
        BigEndian.put16(frame, offset + RESERVED, reserved);
    }

    @Override
    public void complete(Completion completion) {
        int following = completion.length() - LLC;
        Ranges.checkBits("ISL length", following, 16);
        BigEndian.put16(completion.frame(), completion.offset() + FRAME_LENGTH, following);
    }

    @Override
    public String toString() {
        return new HeaderText("ISL VLAN " + vlan + " " + source + " → " + destination)
                .number("length", frameLength, 0)
                .when(bpdu, "BPDU")
                .number("index", index, 0)
                .hex("LLC", llc, 6, -1)
                .hex("high bytes of source", sourceHigh, 6, -1)
                .hex("reserved", reserved, 4, 0)
                .toString();
    }
}
