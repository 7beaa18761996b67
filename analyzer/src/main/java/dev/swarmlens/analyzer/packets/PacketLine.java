package dev.swarmlens.analyzer.packets;

import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.codecs.Problem;
import java.util.Locale;

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
            line.append(String.format(Locale.ROOT, "%-" + pointWidth + "s  ", packet.point()));
        }
        line.append(String.format(
                Locale.ROOT,
                "%5d %12s  %21s → %-21s  %-6s %5d  %s",
                packet.frame().number(),
                time.of(packet),
                summary.source(),
                summary.destination(),
                summary.protocol(),
                packet.frame().wireLength(),
                summary.info()));
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
}
