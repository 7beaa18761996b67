package dev.swarmlens.capture;

import java.util.OptionalLong;

/**
 * What an interface counted while it captured, as pcapng's interface statistics blocks say it. The last block that names a
 * number gives it. Counts are 64 bits without a sign.
 *
 * @param start when the capture began, in nanoseconds since 1970, or empty if the file does not say
 * @param end when it ended
 * @param received packets that came to the interface
 * @param dropped packets that the interface dropped for want of resources
 * @param accepted packets that passed the capture filter
 * @param droppedBySystem packets that the operating system dropped
 * @param delivered packets that reached the capturing program
 */
public record InterfaceStatistics(
        OptionalLong start,
        OptionalLong end,
        OptionalLong received,
        OptionalLong dropped,
        OptionalLong accepted,
        OptionalLong droppedBySystem,
        OptionalLong delivered) {

    /** Statistics that say nothing. */
    public static final InterfaceStatistics NONE = new InterfaceStatistics(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());

    /** The same with another begin and end, in nanoseconds since 1970. */
    public InterfaceStatistics withTimes(long newStart, long newEnd) {
        return new InterfaceStatistics(
                OptionalLong.of(newStart),
                OptionalLong.of(newEnd),
                received,
                dropped,
                accepted,
                droppedBySystem,
                delivered);
    }

    /** The same with another count of packets that came to the interface. */
    public InterfaceStatistics withReceived(long count) {
        return new InterfaceStatistics(
                start, end, OptionalLong.of(count), dropped, accepted, droppedBySystem, delivered);
    }

    /** The same with another count of packets that the interface dropped. */
    public InterfaceStatistics withDropped(long count) {
        return new InterfaceStatistics(
                start, end, received, OptionalLong.of(count), accepted, droppedBySystem, delivered);
    }

    /** The same with another count of packets that the operating system dropped. */
    public InterfaceStatistics withDroppedBySystem(long count) {
        return new InterfaceStatistics(start, end, received, dropped, accepted, OptionalLong.of(count), delivered);
    }

    /** The same with another count of packets that reached the program. */
    public InterfaceStatistics withDelivered(long count) {
        return new InterfaceStatistics(
                start, end, received, dropped, accepted, droppedBySystem, OptionalLong.of(count));
    }
}
