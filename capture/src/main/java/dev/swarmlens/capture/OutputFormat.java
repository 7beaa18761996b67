package dev.swarmlens.capture;

import java.util.Locale;

/** A format in which captures are written. The names are those of {@code editcap -F}. */
public enum OutputFormat {
    /** Pcap with times in microseconds, which every program reads. */
    PCAP("pcap"),
    /** Pcap with times in nanoseconds. */
    PCAP_NANOSECONDS("nsecpcap"),
    /** Pcapng: several interfaces, comments, statistics, times in nanoseconds. */
    PCAPNG("pcapng");

    private final String text;

    OutputFormat(String text) {
        this.text = text;
    }

    /**
     * The format that a file's name asks for.
     *
     * @param name for example {@code manager.pcap} or {@code manager.pcap3.gz}
     * @return {@link #PCAP} for the endings {@code .pcap}, {@code .cap} and {@code .dmp}, also with a ring buffer's number
     *     and a compression's ending behind them; otherwise {@link #PCAPNG}
     */
    public static OutputFormat ofName(String name) {
        String plain = Compression.ofName(name).strip(name.toLowerCase(Locale.ROOT));
        return plain.matches("(?s).*\\.(pcap|cap|dmp)\\d*") ? PCAP : PCAPNG;
    }

    @Override
    public String toString() {
        return text;
    }
}
