package dev.swarmlens.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/** How a capture file is compressed. */
public enum Compression {
    /** Not at all. */
    NONE("none", "", ""),
    /** Gzip, RFC 1952. */
    GZIP("gzip", ".gz", "1f8b08"),
    /** Zstandard, RFC 8878. */
    ZSTD("zstd", ".zst", "28b52ffd"),
    /** LZ4 in its frame format. */
    LZ4("lz4", ".lz4", "04224d18"),
    /** Xz with LZMA2. */
    XZ("xz", ".xz", "fd377a58"),
    /** Bzip2. */
    BZIP2("bzip2", ".bz2", "425a68");

    private final String text;
    private final String ending;
    /** The first bytes of what is compressed so, in hexadecimal. */
    private final String magic;

    Compression(String text, String ending, String magic) {
        this.text = text;
        this.ending = ending;
        this.magic = magic;
    }

    /**
     * The compression that a file's name asks for.
     *
     * @param name for example {@code manager.pcapng.zst}
     * @return what its ending says, {@link #NONE} if that is no compression's
     */
    public static Compression ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Compression compression : values()) {
            if (compression != NONE && lower.endsWith(compression.ending)) {
                return compression;
            }
        }
        return NONE;
    }

    /** Tells by its first four bytes how a file is compressed. */
    static Compression ofContent(byte[] bytes) {
        String first = String.format("%08x", Words.i32(bytes, 0, true));
        for (Compression compression : values()) {
            if (compression != NONE && first.startsWith(compression.magic)) {
                return compression;
            }
        }
        return NONE;
    }

    /** A name without this compression's ending. */
    String strip(String name) {
        return name.substring(0, name.length() - ending.length());
    }

    /** Wraps a stream of compressed bytes. Libraries are loaded only here, and only that of this compression. */
    InputStream decompress(InputStream compressed) throws IOException {
        return this == NONE ? compressed : Compressors.decompress(this, compressed);
    }

    /** Wraps a stream that is to get compressed bytes. */
    OutputStream compress(OutputStream plain) throws IOException {
        return this == NONE ? plain : Compressors.compress(this, plain);
    }

    @Override
    public String toString() {
        return text;
    }
}
