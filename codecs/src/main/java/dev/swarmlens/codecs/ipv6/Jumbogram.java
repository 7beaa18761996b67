package dev.swarmlens.codecs.ipv6;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv6OptionList;

/**
 * Packets longer than the payload length field can say, which is 0 then: RFC 2675, and those whose segmentation is left to
 * the network card ("BIG TCP"), with or without the option.
 *
 * <pre>
 *                                 +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *                                 |  Option type  |  Opt data len |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Jumbo payload length                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class Jumbogram {
    private static final int UNIT = 8;
    private static final int OPTIONS_LENGTH = 1;
    private static final int OPTIONS = OPTIONS_LENGTH + 1;
    private static final int JUMBO_PAYLOAD = 0xc2;
    private static final int OPTION_LENGTH = 1;
    private static final int OPTION_DATA = Ipv6OptionList.DATA;
    private static final int DATA_LENGTH = 4;

    private Jumbogram() {}

    /**
     * The length of a packet whose payload length is 0, header included.
     *
     * @param start index of the IPv6 header
     * @param end index after the last captured byte
     * @param wireEnd where what holds the packet ends on the wire
     * @return the header's length alone if it is no jumbogram
     */
    static int length(byte[] frame, int start, int end, int wireEnd) {
        int payload = start + Ipv6.LENGTH;
        if (BigEndian.u8(frame, start + Ipv6.NEXT_HEADER) == IpProtocol.IPV6_HOP_BY_HOP.code()) {
            long length = option(frame, payload, end);
            if (length > Ipv6.MAX_PAYLOAD_LENGTH) {
                return (int) Math.min(Ipv6.LENGTH + length, Integer.MAX_VALUE - start);
            }
        }
        return wireEnd - payload > Ipv6.MAX_PAYLOAD_LENGTH ? wireEnd - start : Ipv6.LENGTH;
    }

    private static long option(byte[] frame, int start, int end) {
        if (start + OPTIONS > end) {
            return 0;
        }
        int headerEnd = Math.min(end, start + (1 + BigEndian.u8(frame, start + OPTIONS_LENGTH)) * UNIT);
        int at = Ipv6OptionList.find(frame, start + OPTIONS, headerEnd, JUMBO_PAYLOAD);
        while (at != Ipv6OptionList.NONE && at + OPTION_DATA + DATA_LENGTH <= headerEnd) {
            int length = BigEndian.u8(frame, at + OPTION_LENGTH);
            if (length == DATA_LENGTH) {
                return BigEndian.u32(frame, at + OPTION_DATA);
            }
            at = Ipv6OptionList.find(frame, at + OPTION_DATA + length, headerEnd, JUMBO_PAYLOAD);
        }
        return 0;
    }
}
