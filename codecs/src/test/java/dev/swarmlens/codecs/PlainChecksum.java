package dev.swarmlens.codecs;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** RFC 1071 in the plainest way: 16-bit words, one by one, the carry added at once. */
final class PlainChecksum {
    private PlainChecksum() {}

    /** The ones' complement sum of bytes, an odd one at the end padded with a zero. */
    static int sum(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            int high = bytes[i] & 0xff;
            int low = i + 1 < bytes.length ? bytes[i + 1] & 0xff : 0;
            sum += 256 * high + low;
            if (sum > 65_535) {
                sum -= 65_535;
            }
        }
        return sum;
    }

    /** Whether bytes that contain their own checksum are sound. */
    static boolean isGood(byte[] bytes) {
        return sum(bytes) == 65_535;
    }

    /**
     * What the checksum of TCP or UDP covers: the pseudo-header of RFC 768 or RFC 8200 section 8.1, and the segment.
     *
     * @param addresses source and destination as they stand in the IP header
     */
    static byte[] covered(byte[] addresses, int protocol, byte[] segment) {
        int length = segment.length;
        ByteArrayOutputStream covered = new ByteArrayOutputStream();
        covered.writeBytes(addresses);
        if (addresses.length == 8) {
            covered.writeBytes(new byte[] {0, (byte) protocol, (byte) (length >> 8), (byte) length});
        } else {
            covered.writeBytes(new byte[] {0, 0, (byte) (length >> 8), (byte) length, 0, 0, 0, (byte) protocol});
        }
        covered.writeBytes(segment);
        return covered.toByteArray();
    }

    /** The source and the destination address of the IP header at an offset. */
    static byte[] addresses(byte[] frame, int ip) {
        boolean isIpv4 = (frame[ip] & 0xf0) == 0x40;
        return isIpv4 ? Arrays.copyOfRange(frame, ip + 12, ip + 20) : Arrays.copyOfRange(frame, ip + 8, ip + 40);
    }
}
