package dev.swarmlens.capture;

import dev.swarmlens.codecs.LinkType;

/** An interface of a pcapng file as the reader's loop needs it: what its packets are, and how their time stamps count. */
final class PcapngInterface {
    private final LinkType linkType;
    private final long maxCaptured;
    private final TickClock clock;
    private CaptureInterface description;

    PcapngInterface(CaptureInterface description) {
        this.description = description;
        this.linkType = description.linkType();
        this.maxCaptured = description.snapLength() == 0 ? Long.MAX_VALUE : description.snapLength();
        this.clock = new TickClock(description.timeResolution(), description.timeOffset());
    }

    LinkType linkType() {
        return linkType;
    }

    /** The snap length, where 0 means no limit. */
    long maxCaptured() {
        return maxCaptured;
    }

    TickClock clock() {
        return clock;
    }

    CaptureInterface description() {
        return description;
    }

    /** Takes over the numbers of an interface statistics block. */
    void count(PcapngMetadata block) {
        InterfaceStatistics before = description.statistics().orElse(InterfaceStatistics.NONE);
        description = description.toBuilder()
                .statistics(block.statistics(before, clock))
                .build();
    }
}
