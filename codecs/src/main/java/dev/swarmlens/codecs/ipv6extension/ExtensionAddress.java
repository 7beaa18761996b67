package dev.swarmlens.codecs.ipv6extension;

import dev.swarmlens.codecs.AddressingProtocol;
import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.Ipv6OptionList;

/**
 * The addresses in extension headers that take the place of the IPv6 header's: the last stop of a routing header, RFC 8200
 * section 4.4, and the home address of a moving sender, RFC 6275 section 6.3.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Next header  |  Length - 1   | Routing type  | Segments left |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Depends on the type                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Addresses (16 bytes each)                 ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class ExtensionAddress {
    static final int ROUTING_TYPE = Ipv6Extension.DATA;
    static final int SEGMENTS_LEFT = ROUTING_TYPE + 1;
    private static final int ADDRESSES = SEGMENTS_LEFT + 1 + 4;

    /** RFC 2460 section 4.4, deprecated by RFC 5095: the stops in the order of travel. */
    private static final int SOURCE_ROUTE = 0;
    /** RFC 6275 section 6.4: the home address alone. */
    private static final int MOBILE_IPV6 = 2;
    /** RFC 8754 section 2: the last stop comes first. */
    private static final int SEGMENT_ROUTING = 4;

    private static final int HOME_ADDRESS = 0xc9;

    private ExtensionAddress() {}

    /**
     * Where a routing header's last stop lies.
     *
     * @param start index of the header
     * @param end index after it
     * @return an index into the array, or {@link AddressingProtocol#NOT_NAMED} if there is no stop left or the type is unknown
     */
    static int lastStop(byte[] frame, int start, int end) {
        int addresses = (end - start - ADDRESSES) / Ipv6Address.LENGTH;
        if (addresses == 0 || BigEndian.u8(frame, start + SEGMENTS_LEFT) == 0) {
            return AddressingProtocol.NOT_NAMED;
        }
        return switch (BigEndian.u8(frame, start + ROUTING_TYPE)) {
            case SOURCE_ROUTE -> start + ADDRESSES + (addresses - 1) * Ipv6Address.LENGTH;
            case MOBILE_IPV6, SEGMENT_ROUTING -> start + ADDRESSES;
            default -> AddressingProtocol.NOT_NAMED;
        };
    }

    /**
     * Where the home address lies among destination options.
     *
     * @param start index of the header
     * @param end index after it
     * @return an index into the array, or {@link AddressingProtocol#NOT_NAMED} if there is none
     */
    static int home(byte[] frame, int start, int end) {
        int at = Ipv6OptionList.find(frame, start + Ipv6Extension.DATA, end, HOME_ADDRESS);
        int address = at + Ipv6OptionList.DATA;
        return at != Ipv6OptionList.NONE && address + Ipv6Address.LENGTH <= end
                ? address
                : AddressingProtocol.NOT_NAMED;
    }
}
