package dev.swarmlens.capture;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A section of a pcapng file: what one program captured on one machine.
 *
 * @param number 1 upward, as Wireshark's {@code frame.section_number}
 * @param offset where it begins, in bytes from the start of the file
 * @param byteOrder the byte order of its numbers
 * @param majorVersion the format's major version
 * @param minorVersion the format's minor version
 * @param hardware the machine, if the file says so
 * @param operatingSystem its operating system
 * @param application the program that wrote the section
 * @param comments what people wrote about it, in the file's order
 */
public record CaptureSection(
        int number,
        long offset,
        ByteOrder byteOrder,
        int majorVersion,
        int minorVersion,
        Optional<String> hardware,
        Optional<String> operatingSystem,
        Optional<String> application,
        List<String> comments) {

    /** Makes the comments immutable. */
    public CaptureSection {
        comments = List.copyOf(comments);
    }
}
