package dev.swarmlens.analyzer.packets;

import dev.swarmlens.capture.Frame;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A packet's time in the form that {@code -t} asks for; tshark's letters. */
public enum TimeText {
    /** Seconds since the first packet. */
    R {
        @Override
        String of(PacketView packet) {
            return seconds(packet.relativeTime(), MICROS);
        }
    },
    /** Seconds since the packet before. */
    D {
        @Override
        String of(PacketView packet) {
            return seconds(packet.deltaTime(), MICROS);
        }
    },
    /** Seconds since 1970. */
    E {
        @Override
        String of(PacketView packet) {
            return seconds(packet.frame().timeNanos(), NANOS);
        }
    },
    /** Date and time of day, UTC. */
    UD {
        @Override
        String of(PacketView packet) {
            return packet.frame().hasTime()
                    ? DATE.format(Instant.ofEpochSecond(0, packet.frame().timeNanos()))
                    : "";
        }
    };

    /** Digits after the point. */
    static final int MICROS = 6;
    /** Digits after the point. */
    static final int NANOS = 9;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS").withZone(ZoneOffset.UTC);

    abstract String of(PacketView packet);

    /** Seconds with a fixed count of digits after the point, cut and not rounded; empty without a time. */
    static String seconds(long nanos, int digits) {
        if (nanos == Frame.NO_TIME) {
            return "";
        }
        long magnitude = Math.abs(nanos);
        String fraction =
                String.format(Locale.ROOT, "%09d", magnitude % NANOS_PER_SECOND).substring(0, digits);
        return (nanos < 0 ? "-" : "") + magnitude / NANOS_PER_SECOND + "." + fraction;
    }
}
