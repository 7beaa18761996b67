package dev.swarmlens.codecs;

/** The Internet checksum, RFC 1071: the ones' complement of the ones' complement sum of 16-bit words. */
public final class InternetChecksum {
    private InternetChecksum() {}

    /**
     * Adds bytes to a running sum; an odd last byte counts as the high byte of a word.
     *
     * @param sum what has been summed up so far, not folded, 0 to begin with
     * @return the new sum, to be given to another call or to {@link #fold}
     */
    public static long sum(byte[] bytes, int start, int end, long sum) {
        int at = start;
        // two words at a time, in two sums that do not wait for each other
        long higher = 0;
        long lower = 0;
        for (; at + 8 <= end; at += 8) {
            long words = BigEndian.i64(bytes, at);
            higher += words >>> 32;
            lower += words & 0xffff_ffffL;
        }
        sum += higher + lower;
        if (at + 4 <= end) {
            sum += BigEndian.u32(bytes, at);
            at += 4;
        }
        if (at + 2 <= end) {
            sum += BigEndian.u16(bytes, at);
            at += 2;
        }
        if (at < end) {
            sum += (long) BigEndian.u8(bytes, at) << 8;
        }
        return sum;
    }

    /**
     * Folds a sum to 16 bits without complementing it.
     *
     * @return 0 to 65535
     */
    public static int fold(long sum) {
        sum = (sum >>> 32) + (sum & 0xffff_ffffL);
        sum = (sum >>> 16) + (sum & 0xffff);
        sum = (sum >>> 16) + (sum & 0xffff);
        sum = (sum >>> 16) + (sum & 0xffff);
        return (int) sum;
    }

    /**
     * The value for a header's checksum field, given the sum of all that it covers with the field itself as zero.
     *
     * @return 0 to 65535
     */
    public static int complement(long sum) {
        return ~fold(sum) & 0xffff;
    }
}
