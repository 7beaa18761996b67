package dev.swarmlens.capture;

import java.io.IOException;
import java.util.HexFormat;

/** Tells by its first bytes what a stream is, and makes the reader for it or says why there is none. */
final class CaptureOpener {
    /** As many bytes as tell the formats apart; every capture has more. */
    private static final int MAGIC_LENGTH = 4;

    private CaptureOpener() {}

    static CaptureReader open(Input input, String name) throws IOException {
        requireMagic(input, name);
        Compression compression = Compression.ofContent(input.bytes());
        if (compression == Compression.NONE) {
            return open(input, name, compression);
        }
        Input unpacked = new Input(new Unpacker(compression, input.rest()));
        requireMagic(unpacked, name);
        return open(unpacked, name, compression);
    }

    private static void requireMagic(Input input, String name) throws IOException {
        if (!input.require(MAGIC_LENGTH)) {
            if (input.available() == 0 && input.breakdown().isEmpty()) {
                throw new NotACaptureException(name + " is empty");
            }
            throw tooShort(input, name, "than any capture");
        }
    }

    private static CaptureReader open(Input input, String name, Compression compression) throws IOException {
        byte[] bytes = input.bytes();
        if (PcapHeader.begins(bytes)) {
            if (!input.require(PcapHeader.LENGTH)) {
                throw tooShort(input, name, "than the header of a pcap file");
            }
            return new PcapReader(input, PcapHeader.read(input, name, compression));
        }
        if (PcapngReader.begins(bytes)) {
            return PcapngReader.open(input, name, compression);
        }
        throw new NotACaptureException(name + " is not a capture: it begins with "
                + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, MAGIC_LENGTH)
                + (isText(bytes) ? " (text)" : "")
                + (compression == Compression.NONE ? "" : " when unpacked by " + compression)
                + ", not with a pcap or pcapng magic number");
    }

    private static NotACaptureException tooShort(Input input, String name, String thanWhat) {
        return new NotACaptureException(name + " is not a capture: its " + input.available() + " bytes are fewer "
                + thanWhat + input.breakdown().map(reason -> "; " + reason).orElse(""));
    }

    private static boolean isText(byte[] bytes) {
        for (int i = 0; i < MAGIC_LENGTH; i++) {
            boolean printable = bytes[i] >= ' ' && bytes[i] <= '~';
            if (!printable && bytes[i] != '\t' && bytes[i] != '\n' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
