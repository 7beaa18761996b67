package dev.swarmlens.codecs;

/**
 * Options of IPv6's hop-by-hop and destination options headers, RFC 8200 section 4.2: type 0 (Pad1) is a byte of padding, any
 * other type is followed by a length, which counts neither, and data.
 */
public final class Ipv6OptionList {
    /** Where an option's data begins, behind type and length. */
    public static final int DATA = 2;
    /** What {@link #find} returns if there is no such option. */
    public static final int NONE = -1;

    private static final int PAD1 = 0;

    private Ipv6OptionList() {}

    /**
     * Finds an option, without allocating. Its data may end behind what is there.
     *
     * @param at where an option may begin
     * @param end index after the last byte of the options that is there
     * @param type the option's type, 1 to 255
     * @return the index of its type, which its length follows, or {@link #NONE}
     */
    public static int find(byte[] bytes, int at, int end, int type) {
        int option = at;
        while (option + DATA <= end) {
            int found = BigEndian.u8(bytes, option);
            if (found == type) {
                return option;
            }
            option += found == PAD1 ? 1 : DATA + BigEndian.u8(bytes, option + 1);
        }
        return NONE;
    }
}
