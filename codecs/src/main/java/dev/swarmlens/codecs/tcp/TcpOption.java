package dev.swarmlens.codecs.tcp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.OptionList;
import dev.swarmlens.codecs.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An option of a TCP header, RFC 9293 section 3.2. Any bytes read as a list of options, and {@link #write} gives the same
 * bytes again.
 */
public sealed interface TcpOption {
    /** Kind: maximum segment size. */
    int MAXIMUM_SEGMENT_SIZE = 2;
    /** Kind: window scale. */
    int WINDOW_SCALE = 3;
    /** Kind: selective acknowledgments permitted. */
    int SACK_PERMITTED = 4;
    /** Kind: selective acknowledgment. */
    int SACK = 5;
    /** Kind: timestamps. */
    int TIMESTAMPS = 8;

    /** The option as it stands on the wire. */
    Bytes toBytes();

    /**
     * The end of the list, RFC 9293 section 3.1.
     *
     * @param padding what follows it in the header
     */
    record End(Bytes padding) implements TcpOption {
        @Override
        public Bytes toBytes() {
            return Bytes.join(Bytes.of((byte) OptionList.END), padding);
        }
    }

    /** Nothing, for alignment, RFC 9293 section 3.1. */
    record NoOperation() implements TcpOption {
        @Override
        public Bytes toBytes() {
            return Bytes.of((byte) OptionList.NO_OPERATION);
        }
    }

    /**
     * The largest segment that the sender takes, RFC 9293 section 3.7.1; in SYNs only.
     *
     * @param size bytes of data without headers, 0 to 65535
     */
    record MaximumSegmentSize(int size) implements TcpOption {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the size does not fit into 16 bits
         */
        public MaximumSegmentSize {
            Ranges.checkBits("TCP maximum segment size", size, 16);
        }

        @Override
        public Bytes toBytes() {
            byte[] data = new byte[2];
            BigEndian.put16(data, 0, size);
            return OptionList.option(MAXIMUM_SEGMENT_SIZE, data);
        }
    }

    /**
     * By how many bits the sender's windows are to be shifted to the left, RFC 7323 section 2.2; in SYNs only.
     *
     * @param shift 0 to 255; over 14 counts as 14
     */
    record WindowScale(int shift) implements TcpOption {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the shift does not fit into 8 bits
         */
        public WindowScale {
            Ranges.checkBits("TCP window scale", shift, 8);
        }

        @Override
        public Bytes toBytes() {
            return OptionList.option(WINDOW_SCALE, (byte) shift);
        }
    }

    /** The sender takes selective acknowledgments, RFC 2018 section 2; in SYNs only. */
    record SackPermitted() implements TcpOption {
        @Override
        public Bytes toBytes() {
            return OptionList.option(SACK_PERMITTED);
        }
    }

    /**
     * What has been received beyond the acknowledgment number, RFC 2018 section 3.
     *
     * @param blocks the most recent one first
     */
    record Sack(List<Block> blocks) implements TcpOption {
        /** Keeps a copy of the list. */
        public Sack {
            blocks = List.copyOf(blocks);
        }

        @Override
        public Bytes toBytes() {
            byte[] data = new byte[blocks.size() * Block.LENGTH];
            for (int i = 0; i < blocks.size(); i++) {
                BigEndian.put32(data, i * Block.LENGTH, (int) blocks.get(i).left());
                BigEndian.put32(data, i * Block.LENGTH + Block.RIGHT, (int)
                        blocks.get(i).right());
            }
            return OptionList.option(SACK, data);
        }
    }

    /**
     * A range of received bytes.
     *
     * @param left the first sequence number in it, 0 to 2^32 − 1
     * @param right the first sequence number behind it, 0 to 2^32 − 1
     */
    record Block(long left, long right) {
        static final int RIGHT = 4;
        static final int LENGTH = RIGHT + 4;

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a number does not fit into 32 bits
         */
        public Block {
            Ranges.checkBits("TCP SACK left edge", left, 32);
            Ranges.checkBits("TCP SACK right edge", right, 32);
        }
    }

    /**
     * The sender's clock and the last that it saw of the other's, RFC 7323 section 3.2.
     *
     * @param value the sender's clock, in units of its own, 0 to 2^32 − 1
     * @param echoReply the other's clock, if flag ACK is set, 0 to 2^32 − 1
     */
    record Timestamps(long value, long echoReply) implements TcpOption {
        static final int ECHO_REPLY = 4;
        static final int LENGTH = ECHO_REPLY + 4;

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a number does not fit into 32 bits
         */
        public Timestamps {
            Ranges.checkBits("TCP timestamp value", value, 32);
            Ranges.checkBits("TCP timestamp echo reply", echoReply, 32);
        }

        @Override
        public Bytes toBytes() {
            byte[] data = new byte[LENGTH];
            BigEndian.put32(data, 0, (int) value);
            BigEndian.put32(data, ECHO_REPLY, (int) echoReply);
            return OptionList.option(TIMESTAMPS, data);
        }
    }

    /**
     * Any other option, or one of the above with a length that it must not have.
     *
     * @param kind 2 to 255
     * @param data what follows kind and length, up to 253 bytes
     */
    record Unknown(int kind, Bytes data) implements TcpOption {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if {@code kind} is outside 2 to 255 or there are more than 253 bytes of data
         */
        public Unknown {
            OptionList.check("TCP", kind, data);
        }

        @Override
        public Bytes toBytes() {
            return OptionList.option(kind, data.toArray());
        }
    }

    /**
     * What is no option: its length is missing, smaller than 2 or larger than what is left.
     *
     * @param rest everything from its kind on
     */
    record Malformed(Bytes rest) implements TcpOption {
        @Override
        public Bytes toBytes() {
            return rest;
        }
    }

    /**
     * Reads the options of a header one by one.
     *
     * @param options as {@link Tcp#options} has them
     */
    static List<TcpOption> read(Bytes options) {
        return OptionList.read(options, new TcpOptionReader());
    }

    /** Joins options, filled up with zeros to whole words, for {@link Tcp#withOptions(Bytes)}. */
    static Bytes write(TcpOption... options) {
        return OptionList.write(Stream.of(options).map(TcpOption::toBytes).toArray(Bytes[]::new));
    }
}

/** Tells the kinds apart. */
final class TcpOptionReader implements OptionList.Reader<TcpOption> {
    @Override
    public TcpOption end(Bytes padding) {
        return new TcpOption.End(padding);
    }

    @Override
    public TcpOption noOperation() {
        return new TcpOption.NoOperation();
    }

    @Override
    public TcpOption option(int kind, Bytes data) {
        int length = data.length();
        if (kind == TcpOption.MAXIMUM_SEGMENT_SIZE && length == 2) {
            return new TcpOption.MaximumSegmentSize(data.u16(0));
        } else if (kind == TcpOption.WINDOW_SCALE && length == 1) {
            return new TcpOption.WindowScale(data.at(0));
        } else if (kind == TcpOption.SACK_PERMITTED && length == 0) {
            return new TcpOption.SackPermitted();
        } else if (kind == TcpOption.SACK && length > 0 && length % TcpOption.Block.LENGTH == 0) {
            List<TcpOption.Block> blocks = new ArrayList<>();
            for (int at = 0; at < length; at += TcpOption.Block.LENGTH) {
                blocks.add(new TcpOption.Block(data.u32(at), data.u32(at + TcpOption.Block.RIGHT)));
            }
            return new TcpOption.Sack(blocks);
        } else if (kind == TcpOption.TIMESTAMPS && length == TcpOption.Timestamps.LENGTH) {
            return new TcpOption.Timestamps(data.u32(0), data.u32(TcpOption.Timestamps.ECHO_REPLY));
        }
        return new TcpOption.Unknown(kind, data);
    }

    @Override
    public TcpOption malformed(Bytes rest) {
        return new TcpOption.Malformed(rest);
    }
}
