package dev.swarmlens.codecs;

import java.util.ArrayList;
import java.util.List;

/**
 * Options in the form that IPv4 and TCP share, RFC 791 section 3.1, RFC 9293 section 3.1: kind 0 ends the list, kind 1 is a
 * byte that does nothing, any other kind is followed by a length, which counts both, and data.
 */
public final class OptionList {
    /** The kind that ends the list. */
    public static final int END = 0;
    /** The kind that does nothing. */
    public static final int NO_OPERATION = 1;
    /** Where an option's data begins, behind kind and length; also the smallest length. */
    public static final int DATA = 2;

    /** What {@link #seek} returns where there is no further option. */
    public static final int NONE = -1;

    private static final int WORD = 4;

    private OptionList() {}

    /**
     * Makes a protocol's options of what stands in its header.
     *
     * @param <T> the protocol's type of options
     */
    public interface Reader<T> {
        /**
         * The end of the list.
         *
         * @param padding what follows it, to the end of the header; senders should send zeros
         */
        T end(Bytes padding);

        /** An option that does nothing. */
        T noOperation();

        /**
         * An option with a length.
         *
         * @param kind 2 to 255
         * @param data what follows kind and length, up to 253 bytes
         */
        T option(int kind, Bytes data);

        /**
         * What cannot be an option: its length is missing, smaller than 2, or larger than what is left.
         *
         * @param rest everything from its kind on
         */
        T malformed(Bytes rest);
    }

    /**
     * Reads options one by one, so that {@linkplain #write writing} the result gives the same bytes again.
     *
     * @param options all options of a header
     * @param reader makes the protocol's own options
     * @return in the order of the header
     */
    public static <T> List<T> read(Bytes options, Reader<T> reader) {
        List<T> list = new ArrayList<>();
        int at = 0;
        while (at < options.length()) {
            int kind = options.at(at);
            if (kind == END) {
                list.add(reader.end(options.from(at + 1)));
                return list;
            }
            if (kind == NO_OPERATION) {
                list.add(reader.noOperation());
                at++;
                continue;
            }
            int left = options.length() - at;
            int length = left < DATA ? 0 : options.at(at + 1);
            if (length < DATA || length > left) {
                list.add(reader.malformed(options.from(at)));
                return list;
            }
            list.add(reader.option(kind, options.slice(at + DATA, at + length)));
            at += length;
        }
        return list;
    }

    /**
     * Finds the next option that has a length, without allocating:
     *
     * <pre>{@code
     * for (int at = seek(bytes, start, end); at != NONE; at = seek(bytes, at + bytes[at + 1], end)) …
     * }</pre>
     *
     * @param at where an option may begin
     * @param end index after the last option
     * @return the index of its kind, which its length follows; {@link #NONE} if the list ends or goes on with what cannot be an
     *     option
     */
    public static int seek(byte[] bytes, int at, int end) {
        int option = at;
        while (option < end && BigEndian.u8(bytes, option) == NO_OPERATION) {
            option++;
        }
        if (option + 1 >= end || BigEndian.u8(bytes, option) == END) {
            return NONE;
        }
        int length = BigEndian.u8(bytes, option + 1);
        return length < DATA || option + length > end ? NONE : option;
    }

    /**
     * Joins options, filled up with zeros to whole 32-bit words, as a header needs them.
     *
     * @param options each as it stands on the wire
     */
    public static Bytes write(Bytes... options) {
        Bytes joined = Bytes.join(options);
        int padding = -joined.length() & WORD - 1;
        return padding == 0 ? joined : Bytes.join(joined, Bytes.of(new byte[padding]));
    }

    /**
     * One option as it stands on the wire.
     *
     * @param kind 2 to 255
     * @param data up to 253 bytes
     */
    public static Bytes option(int kind, byte... data) {
        byte[] option = new byte[DATA + data.length];
        BigEndian.put8(option, 0, kind);
        BigEndian.put8(option, 1, option.length);
        System.arraycopy(data, 0, option, DATA, data.length);
        return Bytes.of(option);
    }

    /**
     * Checks that an option can be told from the two of one byte, and fits.
     *
     * @throws IllegalArgumentException if {@code kind} is outside 2 to 255 or there are more than 253 bytes of data
     */
    public static void check(String protocol, int kind, Bytes data) {
        Ranges.check(protocol + " option kind", kind, DATA, 255);
        Ranges.check(protocol + " option data length", data.length(), 0, 255 - DATA);
    }
}
