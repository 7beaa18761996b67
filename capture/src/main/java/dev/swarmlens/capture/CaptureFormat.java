package dev.swarmlens.capture;

import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What a capture file is, as its first bytes say.
 *
 * @param kind the file format
 * @param byteOrder the byte order of the numbers in it; of the first section in pcapng, where each section has its own
 * @param timeResolution the unit of its times; empty for pcapng, where each {@linkplain CaptureInterface interface} has its
 *     own
 * @param majorVersion the format's major version, 0 to 65535; of the first section in pcapng
 * @param minorVersion the format's minor version, 0 to 65535
 * @param compression what the file is compressed with
 */
public record CaptureFormat(
        Kind kind,
        ByteOrder byteOrder,
        Optional<TimeResolution> timeResolution,
        int majorVersion,
        int minorVersion,
        Compression compression) {

    /** A file format. */
    public enum Kind {
        /** What libpcap and tcpdump write. */
        PCAP("pcap"),
        /** Alexey Kuznetsov's variant of pcap, whose record headers have 24 bytes instead of 16. */
        PCAP_MODIFIED("modified pcap"),
        /** What Wireshark writes: blocks, sections and interfaces. */
        PCAPNG("pcapng");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * The format in words, without its version.
     *
     * @return for example {@code pcap, microseconds, little-endian}, and {@code , gzip} where it is compressed
     */
    @Override
    public String toString() {
        String unit = timeResolution.map(resolution -> ", " + resolution).orElse("");
        return kind
                + unit
                + (byteOrder == ByteOrder.BIG_ENDIAN ? ", big-endian" : ", little-endian")
                + (compression == Compression.NONE ? "" : ", " + compression);
    }
}
