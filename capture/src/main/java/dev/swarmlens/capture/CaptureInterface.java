package dev.swarmlens.capture;

import dev.swarmlens.codecs.LinkType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An interface as a capture file describes it. A pcap file has one, of which it knows the link type and the snap length.
 *
 * @param section the section that it belongs to, 1 upward; 1 in pcap
 * @param id its number in that section, 0 upward
 * @param linkType what its frames begin with
 * @param snapLength how many bytes of a frame were kept at most, 0 to 2^32 − 1; 0 means no limit
 * @param fcsLength how many bytes of frame check sequence its frames end with, if the file says so
 * @param timeResolution the unit of its times
 * @param timeOffset seconds that its time stamps do not contain; frames' times do
 * @param name for example {@code eth1}
 * @param description what it is, in the words of whoever captured
 * @param hardware the device
 * @param operatingSystem the system that it is in
 * @param filter the capture filter, if the file holds it as text
 * @param comments what people wrote about it, in the file's order
 * @param statistics what it counted, if the file says so
 */
public record CaptureInterface(
        int section,
        int id,
        LinkType linkType,
        long snapLength,
        OptionalInt fcsLength,
        TimeResolution timeResolution,
        long timeOffset,
        Optional<String> name,
        Optional<String> description,
        Optional<String> hardware,
        Optional<String> operatingSystem,
        Optional<String> filter,
        List<String> comments,
        Optional<InterfaceStatistics> statistics) {

    /** Makes the comments immutable. */
    public CaptureInterface {
        comments = List.copyOf(comments);
    }

    CaptureInterface withStatistics(InterfaceStatistics newStatistics) {
        return new CaptureInterface(
                section,
                id,
                linkType,
                snapLength,
                fcsLength,
                timeResolution,
                timeOffset,
                name,
                description,
                hardware,
                operatingSystem,
                filter,
                comments,
                Optional.of(newStatistics));
    }
}
