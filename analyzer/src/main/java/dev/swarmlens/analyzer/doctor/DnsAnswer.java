package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.codecs.BigEndian;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer of DNS, RFC 1035 section 4.1: how it went, what was asked for, and which IPv4 addresses it gives.
 *
 * @param code {@link #NO_ERROR}, {@link #NO_SUCH_NAME} or another, 0 to 15
 * @param name in small letters, without the dot at its end
 */
record DnsAnswer(int code, String name, List<Address> addresses) {
    static final int NO_ERROR = 0;
    /** NXDOMAIN. */
    static final int NO_SUCH_NAME = 3;

    private static final int HEADER = 12;
    private static final int FLAGS = 2;
    private static final int QUESTIONS = 4;
    private static final int ANSWERS = 6;
    /** That it is an answer, and that it answers a standard query. */
    private static final int ANSWER_MASK = 0xf800;

    private static final int ANSWER = 0x8000;
    private static final int CODE = 0xf;
    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 255;
    private static final int POINTER = 0xc0;
    private static final int TYPE_AND_CLASS = 4;
    /** Type, class, time to live and the data's length. */
    private static final int RECORD = 10;

    private static final int DATA_LENGTH = 8;
    /** Type A and class IN. */
    private static final long IPV4 = 0x0001_0001;

    private static final int MAX_RECORDS = 64;

    /** Reads a message; empty if it is no answer, or what was asked for is not there. Of records that are cut off, none counts. */
    static Optional<DnsAnswer> of(byte[] bytes, int start, int end) {
        if (end - start < HEADER
                || (BigEndian.u16(bytes, start + FLAGS) & ANSWER_MASK) != ANSWER
                || BigEndian.u16(bytes, start + QUESTIONS) != 1) {
            return Optional.empty();
        }
        StringBuilder name = new StringBuilder();
        int at = start + HEADER;
        while (at < end && BigEndian.u8(bytes, at) != 0) {
            int length = BigEndian.u8(bytes, at);
            if (length > MAX_LABEL || length >= end - at || name.length() + length > MAX_NAME) {
                return Optional.empty();
            }
            name.append(name.length() == 0 ? "" : ".")
                    .append(new String(bytes, at + 1, length, StandardCharsets.US_ASCII));
            at += 1 + length;
        }
        at += 1 + TYPE_AND_CLASS;
        if (at > end || name.length() == 0 || !name.chars().allMatch(letter -> letter > ' ' && letter <= '~')) {
            return Optional.empty();
        }
        return Optional.of(new DnsAnswer(
                BigEndian.u16(bytes, start + FLAGS) & CODE,
                name.toString().toLowerCase(Locale.ROOT),
                addresses(bytes, at, end, BigEndian.u16(bytes, start + ANSWERS))));
    }

    private static List<Address> addresses(byte[] bytes, int start, int end, int records) {
        List<Address> addresses = new ArrayList<>();
        int at = start;
        for (int i = 0; i < Math.min(records, MAX_RECORDS); i++) {
            at = afterName(bytes, at, end);
            if (end - at < RECORD) {
                break;
            }
            int data = at + RECORD;
            int length = BigEndian.u16(bytes, at + DATA_LENGTH);
            if (length > end - data) {
                break;
            }
            if (BigEndian.u32(bytes, at) == IPV4 && length == Integer.BYTES) {
                addresses.add(new Address(0, Address.mapped(BigEndian.i32(bytes, data))));
            }
            at = data + length;
        }
        return List.copyOf(addresses);
    }

    /** Where what follows a name begins; the end if it is cut off. A name ends with an empty label or a pointer. */
    private static int afterName(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end) {
            int length = BigEndian.u8(bytes, at);
            if (length == 0) {
                return at + 1;
            }
            if (length >= POINTER) {
                return Math.min(at + 2, end);
            }
            at += 1 + length;
        }
        return end;
    }
}
