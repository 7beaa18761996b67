package dev.swarmlens.codecs;

/**
 * An IPv6 address.
 *
 * @param high the first eight bytes on the wire
 * @param low the last eight bytes on the wire
 */
public record Ipv6Address(long high, long low) implements IpAddress, Comparable<Ipv6Address> {
    /** Bytes on the wire. */
    public static final int LENGTH = 16;

    private static final int GROUPS = 8;

    /**
     * Reads the notation of RFC 4291 section 2.2, a dotted decimal tail included.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Ipv6Address of(String text) {
        int gap = text.indexOf("::");
        int[] front = gap < 0 ? groups(text, text, true) : groups(text, text.substring(0, gap), false);
        int[] back = gap < 0 ? new int[0] : groups(text, text.substring(gap + 2), true);
        int known = front.length + back.length;
        if (gap < 0 ? known != GROUPS : known >= GROUPS) {
            throw notAnAddress(text);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS; i++) {
            int fromBack = i - (GROUPS - back.length);
            int group = i < front.length ? front[i] : fromBack >= 0 ? back[fromBack] : 0;
            if (i < GROUPS / 2) {
                high = high << 16 | group;
            } else {
                low = low << 16 | group;
            }
        }
        return new Ipv6Address(high, low);
    }

    /**
     * Takes an address from where it stands in a message.
     *
     * @param index of its first byte
     * @throws IndexOutOfBoundsException if its sixteen bytes are not within the sequence
     */
    public static Ipv6Address of(Bytes bytes, int index) {
        return new Ipv6Address(bytes.i64(index), bytes.i64(index + Long.BYTES));
    }

    /** The sixteen bytes on the wire. */
    public Bytes toBytes() {
        byte[] bytes = new byte[LENGTH];
        BigEndian.put64(bytes, 0, high);
        BigEndian.put64(bytes, Long.BYTES, low);
        return Bytes.of(bytes);
    }

    private static int[] groups(String whole, String part, boolean atTheEnd) {
        if (part.isEmpty()) {
            return new int[0];
        }
        String[] words = part.split(":", -1);
        String last = words[words.length - 1];
        boolean dotted = atTheEnd && last.indexOf('.') >= 0;
        int[] groups = new int[dotted ? words.length + 1 : words.length];
        for (int i = 0; i < words.length - (dotted ? 1 : 0); i++) {
            if (!words[i].matches("[0-9a-fA-F]{1,4}")) {
                throw notAnAddress(whole);
            }
            groups[i] = Integer.parseInt(words[i], 16);
        }
        if (dotted) {
            int tail = Ipv4Address.of(last).bits();
            groups[groups.length - 2] = tail >>> 16;
            groups[groups.length - 1] = tail & 0xffff;
        }
        return groups;
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not an IPv6 address");
    }

    private int group(int index) {
        long half = index < GROUPS / 2 ? high : low;
        return (int) (half >>> (16 * (3 - index % 4))) & 0xffff;
    }

    @Override
    public int compareTo(Ipv6Address other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /**
     * The canonical text of RFC 5952: lower case, the longest run of zero groups shortened, IPv4 addresses in IPv4's notation
     * where the prefix tells that there is one, RFC 4291 section 2.5.5.
     */
    @Override
    public String toString() {
        if (high == 0 && low >>> 32 == 0xffffL) {
            return "::ffff:" + new Ipv4Address((int) low);
        }
        if (high == 0 && low >>> 32 == 0 && low > 0xffff) {
            return "::" + new Ipv4Address((int) low);
        }
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(i + run) == 0) {
                run++;
            }
            if (run > gapLength) {
                gap = i;
                gapLength = run;
            }
            i += Math.max(0, run - 1);
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }
}
