package dev.swarmlens.samples.traffic;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Ipv4Address;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Just enough of DNS messages, RFC 1035 section 4: a question for an address, and its answers. */
public final class Dns {
    private static final int HEADER = 12;
    private static final int FLAGS = 2;
    private static final int QUESTIONS = 4;
    private static final int ANSWERS = 6;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int RESPONSE = 0x8180;
    /** A response with the code NXDOMAIN. */
    private static final int NO_SUCH_NAME = 0x8183;
    /** Type A, class IN. */
    private static final byte[] ADDRESS = {0, 1, 0, 1};
    /** The name stands at the beginning of the question; a minute to live; four bytes of address. */
    private static final Bytes ANSWER_HEAD = Bytes.ofHex("c00c 0001 0001 0000003c 0004");

    private Dns() {}

    /** Asks for the address of a name. */
    public static Bytes query(int id, String name) {
        byte[] header = new byte[HEADER];
        BigEndian.put16(header, 0, id);
        BigEndian.put16(header, FLAGS, RECURSION_DESIRED);
        BigEndian.put16(header, QUESTIONS, 1);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(header);
        for (String label : name.split("\\.", -1)) {
            byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
            message.write(bytes.length);
            message.writeBytes(bytes);
        }
        message.write(0);
        message.writeBytes(ADDRESS);
        return Bytes.of(message.toByteArray());
    }

    /** Gives it. */
    public static Bytes answer(Bytes query, Ipv4Address address) {
        byte[] header = query.slice(0, HEADER).toArray();
        BigEndian.put16(header, FLAGS, RESPONSE);
        BigEndian.put16(header, ANSWERS, 1);
        return Bytes.join(Bytes.of(header), query.from(HEADER), ANSWER_HEAD, address.toBytes());
    }

    /** Says that there is no such name. */
    public static Bytes refusal(Bytes query) {
        byte[] message = query.toArray();
        BigEndian.put16(message, FLAGS, NO_SUCH_NAME);
        return Bytes.of(message);
    }
}
