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

    private static final long MAX_SNAP_LENGTH = 0xffff_ffffL;

    /**
     * Checks the snap length, and makes the comments immutable.
     *
     * @throws IllegalArgumentException if the snap length is outside 0 to 2^32 − 1
     */
    public CaptureInterface {
        if (snapLength < 0 || snapLength > MAX_SNAP_LENGTH) {
            throw new IllegalArgumentException("snap length " + snapLength + " is outside 0.." + MAX_SNAP_LENGTH);
        }
        comments = List.copyOf(comments);
    }

    /**
     * Begins the description of an interface.
     *
     * @param linkType what its frames begin with
     * @return a builder of an interface without a name and without a limit for the length of frames, the first of the first
     *     section, that counts time in microseconds
     */
    public static Builder of(LinkType linkType) {
        return new Builder(linkType);
    }

    /**
     * Begins the description of an interface that is like this one.
     *
     * @return a builder that has all that this one has
     */
    public Builder toBuilder() {
        return new Builder(linkType)
                .place(section, id)
                .snapLength(snapLength)
                .fcsLength(fcsLength)
                .timeResolution(timeResolution)
                .timeOffset(timeOffset)
                .name(name)
                .description(description)
                .hardware(hardware)
                .operatingSystem(operatingSystem)
                .filter(filter)
                .comments(comments)
                .statistics(statistics);
    }

    /** Describes an interface; each method is named after the component that it sets. */
    public static final class Builder {
        private final LinkType linkType;
        private int section = 1;
        private int id;
        private long snapLength;
        private OptionalInt fcsLength = OptionalInt.empty();
        private TimeResolution timeResolution = TimeResolution.MICROSECONDS;
        private long timeOffset;
        private Optional<String> name = Optional.empty();
        private Optional<String> description = Optional.empty();
        private Optional<String> hardware = Optional.empty();
        private Optional<String> operatingSystem = Optional.empty();
        private Optional<String> filter = Optional.empty();
        private List<String> comments = List.of();
        private Optional<InterfaceStatistics> statistics = Optional.empty();

        private Builder(LinkType linkType) {
            this.linkType = linkType;
        }

        Builder place(int newSection, int newId) {
            section = newSection;
            id = newId;
            return this;
        }

        Builder timeResolution(TimeResolution resolution) {
            timeResolution = resolution;
            return this;
        }

        Builder timeOffset(long seconds) {
            timeOffset = seconds;
            return this;
        }

        /** Sets how many bytes of a frame are kept at most, 0 to 2^32 − 1; 0 means no limit. */
        public Builder snapLength(long bytes) {
            snapLength = bytes;
            return this;
        }

        /** Sets how many bytes of frame check sequence its frames end with. */
        public Builder fcsLength(OptionalInt bytes) {
            fcsLength = bytes;
            return this;
        }

        /** Sets the name, for example {@code eth1}. */
        public Builder name(String text) {
            return name(Optional.of(text));
        }

        Builder name(Optional<String> text) {
            name = text;
            return this;
        }

        /** Sets what it is, in the words of whoever captures. */
        public Builder description(String text) {
            return description(Optional.of(text));
        }

        Builder description(Optional<String> text) {
            description = text;
            return this;
        }

        /** Sets the device. */
        public Builder hardware(String text) {
            return hardware(Optional.of(text));
        }

        Builder hardware(Optional<String> text) {
            hardware = text;
            return this;
        }

        /** Sets the system that it is in. */
        public Builder operatingSystem(String text) {
            return operatingSystem(Optional.of(text));
        }

        Builder operatingSystem(Optional<String> text) {
            operatingSystem = text;
            return this;
        }

        /** Sets the capture filter. */
        public Builder filter(String text) {
            return filter(Optional.of(text));
        }

        Builder filter(Optional<String> text) {
            filter = text;
            return this;
        }

        /** Sets what people wrote about it. */
        public Builder comments(List<String> texts) {
            comments = texts;
            return this;
        }

        /** Sets what it counted. */
        public Builder statistics(InterfaceStatistics counts) {
            return statistics(Optional.of(counts));
        }

        Builder statistics(Optional<InterfaceStatistics> counts) {
            statistics = counts;
            return this;
        }

        /**
         * The interface.
         *
         * @throws IllegalArgumentException if the snap length is out of range
         */
        public CaptureInterface build() {
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
                    statistics);
        }
    }
}
