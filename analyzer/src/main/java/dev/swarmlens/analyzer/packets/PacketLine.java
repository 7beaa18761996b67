package dev.swarmlens.analyzer.packets;

import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.codecs.Problem;

/** A packet in one line: when, who to whom, what, and then the tunnels that it went through. */
public final class PacketLine {
    private final PacketSummary summary = new PacketSummary();
    private final TimeText time;
    private final int pointWidth;

    /**
     * Lines of a kind.
     *
     * @param time how to print times
     * @param pointWidth how wide the column is that says where the packet was captured; 0 for no such column
     */
    public PacketLine(TimeText time, int pointWidth) {
        this.time = time;
        this.pointWidth = pointWidth;
    }

    /** The next packet's line, without its end. */
    public String of(PacketView packet) {
        summary.look(packet);
        StringBuilder line = new StringBuilder();
        if (pointWidth > 0) {
            left(line, packet.point(), pointWidth).append("  ");
        }
        right(line, Long.toString(packet.frame().number()), 5).append(' ');
        right(line, time.of(packet), 12).append("  ");
        right(line, summary.source(), 21).append(" → ");
        left(line, summary.destination(), 21).append("  ");
        left(line, summary.protocol(), 6).append(' ');
        right(line, Integer.toString(packet.frame().wireLength()), 5).append("  ");
        line.append(summary.info());
        for (PacketSummary.Tunnel tunnel : summary.tunnels()) {
            line.append("  (VNI ")
                    .append(tunnel.vni())
                    .append(", ")
                    .append(tunnel.source())
                    .append(" → ")
                    .append(tunnel.destination())
                    .append(')');
        }
        Problem problem = packet.layers().problem();
        if (problem != null) {
            line.append("  [").append(problem).append(']');
        }
        return line.toString().stripTrailing();
    }

    private static StringBuilder left(StringBuilder line, String text, int width) {
        return line.append(text).append(" ".repeat(Math.max(0, width - text.length())));
    }

    private static StringBuilder right(StringBuilder line, String text, int width) {
        return line.append(" ".repeat(Math.max(0, width - text.length()))).append(text);
    }
}
