package dev.swarmlens.codecs.esp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.Ranges;

/**
 * ESP header, RFC 4303 section 2. What follows is encrypted and is payload.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |               Security parameters index (SPI)                 |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        Sequence number                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param spi which security association, 0 to 2^32 − 1
 * @param sequenceNumber 0 to 2^32 − 1
 */
public record Esp(long spi, long sequenceNumber) implements Header {
    static final int SPI = 0;
    static final int SEQUENCE_NUMBER = SPI + 4;
    /** Bytes on the wire. */
    public static final int LENGTH = SEQUENCE_NUMBER + 4;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into 32 bits
     */
    public Esp {
        Ranges.checkBits("ESP SPI", spi, 32);
        Ranges.checkBits("ESP sequence number", sequenceNumber, 32);
    }

    @Override
    public EspProtocol protocol() {
        return EspProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put32(frame, offset + SPI, (int) spi);
        BigEndian.put32(frame, offset + SEQUENCE_NUMBER, (int) sequenceNumber);
    }

    @Override
    public String toString() {
        return "ESP SPI " + HeaderText.hex(spi, 8) + ", sequence " + sequenceNumber;
    }
}
