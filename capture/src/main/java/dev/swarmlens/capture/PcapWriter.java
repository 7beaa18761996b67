package dev.swarmlens.capture;

import dev.swarmlens.codecs.LinkType;
import java.io.IOException;

/**
 * Writes a pcap file, draft-ietf-opsawg-pcap: the header that {@link PcapHeader} draws, then the records that {@link PcapReader}
 * draws. The header is written with the first packet, when it is known which interfaces there are.
 */
final class PcapWriter extends CaptureWriter {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MAX_SECONDS = 0xffff_ffffL;

    private final TimeResolution resolution;
    private final long nanosPerFraction;
    private CaptureInterface only;
    private boolean hasHeader;

    PcapWriter(Output output, TimeResolution resolution) {
        super(output);
        this.resolution = resolution;
        this.nanosPerFraction = resolution.equals(TimeResolution.NANOSECONDS) ? 1 : PcapReader.NANOS_PER_MICROSECOND;
    }

    @Override
    void describe(CaptureInterface description) throws IOException {
        if (only == null) {
            only = description;
        } else if (!only.linkType().equals(description.linkType())) {
            throw output.refused("its link type is " + only.linkType() + ", and pcap has no room for a second one, "
                    + description.linkType() + "; pcapng has");
        } else if (only.snapLength() != 0
                && (description.snapLength() == 0 || description.snapLength() > only.snapLength())) {
            only = description;
        }
    }

    @Override
    void put(int interfaceNumber, Frame frame, PacketOptions options) throws IOException {
        long nanos = frame.hasTime() ? frame.timeNanos() : 0;
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw output.refused("packet " + (packets() + 1) + " has a time that pcap cannot hold, "
                    + java.time.Instant.ofEpochSecond(seconds));
        }
        header();
        output.begin();
        output.u32((int) seconds);
        output.u32((int) (Math.floorMod(nanos, NANOS_PER_SECOND) / nanosPerFraction));
        output.u32(frame.capturedLength());
        output.u32(frame.wireLength());
        output.raw(frame.bytes(), frame.start(), frame.end());
    }

    private void header() throws IOException {
        if (!hasHeader) {
            hasHeader = true;
            PcapHeader.write(
                    output,
                    resolution,
                    only == null ? CaptureInterface.of(LinkType.ETHERNET).build() : only);
        }
    }

    @Override
    public void flush() throws IOException {
        header();
        super.flush();
    }

    @Override
    public void close() throws IOException {
        header();
        super.close();
    }
}
