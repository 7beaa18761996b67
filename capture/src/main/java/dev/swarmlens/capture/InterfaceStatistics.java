package dev.swarmlens.capture;

import java.util.OptionalLong;

/**
 * What an interface counted while it captured, as pcapng's interface statistics blocks say it. The last block that names a
 * number gives it.
 *
 * @param received packets that came to the interface, or empty if the file does not say
 * @param dropped packets that the interface dropped for want of resources
 * @param accepted packets that passed the capture filter
 * @param droppedBySystem packets that the operating system dropped
 * @param delivered packets that reached the capturing program
 */
public record InterfaceStatistics(
        OptionalLong received,
        OptionalLong dropped,
        OptionalLong accepted,
        OptionalLong droppedBySystem,
        OptionalLong delivered) {

    /** Statistics that say nothing. */
    static final InterfaceStatistics NONE = new InterfaceStatistics(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
}
