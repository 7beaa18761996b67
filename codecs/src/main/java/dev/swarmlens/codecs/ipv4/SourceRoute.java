package dev.swarmlens.codecs.ipv4;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.OptionList;

/**
 * The strict or loose source route option, RFC 791 section 3.1: the stops that a datagram shall make, its last receiver at
 * the end, whereas the header's destination is the next stop.
 *
 * <pre>
 * +--------+--------+--------+---------//--------+
 * |  type  | length | pointer|     addresses     |
 * +--------+--------+--------+---------//--------+
 * </pre>
 */
final class SourceRoute {
    /** Says that there is no route, or that it is exhausted. */
    static final int NONE = -1;

    private static final int LENGTH = 1;
    private static final int POINTER = LENGTH + 1;
    private static final int ADDRESSES = POINTER + 1;

    private SourceRoute() {}

    /**
     * Looks for a route among options.
     *
     * @param start index of the first option
     * @param end index after the last option
     * @return where the route's last address lies, or {@link #NONE}
     */
    static int lastAddress(byte[] bytes, int start, int end) {
        int at = OptionList.seek(bytes, start, end);
        while (at != OptionList.NONE) {
            int type = BigEndian.u8(bytes, at);
            int length = BigEndian.u8(bytes, at + LENGTH);
            if (type == Ipv4Option.STRICT_SOURCE_ROUTE || type == Ipv4Option.LOOSE_SOURCE_ROUTE) {
                return isSound(bytes, at, length) ? at + length - Ipv4Address.LENGTH : NONE;
            }
            at = OptionList.seek(bytes, at + length, end);
        }
        return NONE;
    }

    /** The pointer counts from 1, and lies behind the option when no stop is left. */
    private static boolean isSound(byte[] bytes, int at, int length) {
        if (length < ADDRESSES + Ipv4Address.LENGTH || (length - ADDRESSES) % Ipv4Address.LENGTH != 0) {
            return false;
        }
        int pointer = BigEndian.u8(bytes, at + POINTER);
        return pointer > ADDRESSES && pointer % Ipv4Address.LENGTH == 0 && pointer <= length;
    }
}
