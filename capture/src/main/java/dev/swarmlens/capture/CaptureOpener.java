package dev.swarmlens.capture;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;

/** Tells by its first bytes what a stream is, and makes the reader for it or says why there is none. */
final class CaptureOpener {
    /** As many bytes as tell the formats apart; every capture has more. */
    private static final int MAGIC_LENGTH = 4;

    private CaptureOpener() {}

    static CaptureReader open(Input input, String name) throws IOException {
        if (!input.require(MAGIC_LENGTH)) {
            throw new NotACaptureException(
                    input.available() == 0 ? name + " is empty" : tooShort(input, name, "than any capture"));
        }
        byte[] bytes = input.bytes();
        if (PcapHeader.begins(bytes)) {
            if (!input.require(PcapHeader.LENGTH)) {
                throw new NotACaptureException(tooShort(input, name, "than the header of a pcap file"));
            }
            return new PcapReader(input, PcapHeader.read(input, name));
        }
        if (PcapngReader.begins(bytes)) {
            return PcapngReader.open(input, name);
        }
        throw new NotACaptureException(unknown(bytes, name));
    }

    private static String tooShort(Input input, String name, String thanWhat) {
        return name + " is not a capture: its " + input.available() + " bytes are fewer " + thanWhat;
    }

    private static String unknown(byte[] bytes, String name) {
        Optional<String> decompress = decompressor(bytes);
        if (decompress.isPresent()) {
            String command = decompress.get();
            String source = name.equals("-") ? "" : " " + name;
            return name + " is compressed (" + command + "): try " + command + " -dc" + source
                    + " | swarmlens analyze -";
        }
        return name + " is not a capture: it begins with "
                + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, MAGIC_LENGTH)
                + (isText(bytes) ? " (text)" : "") + ", not with a pcap or pcapng magic number";
    }

    /** The command that unpacks what begins so. */
    private static Optional<String> decompressor(byte[] bytes) {
        int magic = Words.i32(bytes, 0, true);
        return switch (magic) {
            case 0x28b52ffd -> Optional.of("zstd");
            case 0x04224d18 -> Optional.of("lz4");
            case 0xfd377a58 -> Optional.of("xz");
            default ->
                switch (magic >>> Byte.SIZE) {
                    case 0x1f8b08 -> Optional.of("gzip");
                    case 0x425a68 -> Optional.of("bzip2");
                    default -> Optional.empty();
                };
        };
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
