package dev.swarmlens.analyzer.packets;

import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import java.util.HexFormat;

/** A packet in many lines: its fields as a tree, its bytes as a dump. */
public final class PacketTree {
    private static final int BYTES_PER_LINE = 16;

    private PacketTree() {}

    /** All layers with all their fields. */
    public static String of(PacketView packet) {
        StringBuilder out = new StringBuilder();
        Layers layers = packet.layers();
        out.append("Frame ")
                .append(packet.frame().number())
                .append(": ")
                .append(packet.frame().wireLength())
                .append(" bytes on wire, ")
                .append(packet.frame().capturedLength())
                .append(" captured, ")
                .append(TimeText.UD.of(packet))
                .append(" UTC\n");
        for (int layer = 0; layer < layers.count(); layer++) {
            out.append(layers.protocol(layer).name())
                    .append(layer >= layers.sentCount() ? " (quoted)" : "")
                    .append(", bytes ")
                    .append(layers.start(layer) - layers.frameStart())
                    .append(" to ")
                    .append(layers.payload(layer) - layers.frameStart() - 1)
                    .append('\n');
            for (Field field : layers.protocol(layer).fields()) {
                String value = field.text(packet.view(layer));
                if (value != null) {
                    out.append("    ")
                            .append(field.label())
                            .append(": ")
                            .append(value)
                            .append('\n');
                }
            }
        }
        int payload = layers.payloadEnd() - layers.payloadStart();
        if (payload > 0) {
            out.append("payload, ").append(payload).append(" bytes\n");
        }
        int trailer = layers.frameEnd() - layers.payloadEnd();
        if (trailer > 0) {
            out.append("trailer, ").append(trailer).append(" bytes\n");
        }
        if (layers.hasFault()) {
            out.append("problem: ").append(layers.problem()).append('\n');
        }
        return out.append('\n').toString();
    }

    /** All bytes, sixteen a line, with what of them is printable. */
    public static String hex(PacketView packet) {
        StringBuilder out = new StringBuilder();
        byte[] bytes = packet.frame().bytes();
        HexFormat hex = HexFormat.of();
        for (int line = packet.frame().start(); line < packet.frame().end(); line += BYTES_PER_LINE) {
            out.append(String.format("%04x  ", line - packet.frame().start()));
            StringBuilder printable = new StringBuilder();
            for (int i = line; i < line + BYTES_PER_LINE; i++) {
                if (i < packet.frame().end()) {
                    out.append(hex.toHexDigits(bytes[i])).append(' ');
                    printable.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '.');
                } else {
                    out.append("   ");
                }
            }
            out.append("  ").append(printable).append('\n');
        }
        return out.append('\n').toString();
    }
}
