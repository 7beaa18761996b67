package dev.swarmlens.analyzer.packets;

import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.fields.Seconds;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A packet's time in the form that {@code -t} asks for; tshark's letters. */
public enum TimeText {
    /** Seconds since the first packet. */
    R {
        @Override
        String of(PacketView packet) {
            return Seconds.text(packet.relativeTime(), MICROS);
        }
    },
    /** Seconds since the packet before. */
    D {
        @Override
        String of(PacketView packet) {
            return Seconds.text(packet.deltaTime(), MICROS);
        }
    },
    /** Seconds since 1970. */
    E {
        @Override
        String of(PacketView packet) {
            return Seconds.text(packet.frame().timeNanos(), NANOS);
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

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS").withZone(ZoneOffset.UTC);

    abstract String of(PacketView packet);
}
