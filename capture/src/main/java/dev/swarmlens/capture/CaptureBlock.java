package dev.swarmlens.capture;

import java.util.List;

/**
 * A block of a pcapng file, or what a pcap file has instead: its header and its records.
 *
 * @param offset where it begins, in bytes from the start of the (decompressed) file
 * @param length how many bytes it has, its padding included
 * @param name what it is, for example {@code enhanced packet}
 * @param contents what is in it, in the file's order
 */
public record CaptureBlock(long offset, long length, String name, List<Entry> contents) {
    /**
     * Something that a block says.
     *
     * @param name what about; of options the name in draft-ietf-opsawg-pcapng, for example {@code if_tsresol}
     * @param value what; text as it is, numbers in decimal, times in seconds since 1970, all else in hexadecimal
     */
    public record Entry(String name, String value) {}

    /** Makes the contents immutable. */
    public CaptureBlock {
        contents = List.copyOf(contents);
    }
}
