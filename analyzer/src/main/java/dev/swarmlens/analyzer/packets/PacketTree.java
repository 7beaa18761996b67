package dev.swarmlens.analyzer.packets;

import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.report.Times;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.FrameTree;
import dev.swarmlens.codecs.HexDump;

/** A packet in many lines: when and how long, its layers and fields as a tree, its bytes as a dump. */
public final class PacketTree {
    private PacketTree() {}

    /** All layers with all their fields. */
    public static String of(PacketView packet) {
        Frame frame = packet.frame();
        return "Frame " + frame.number() + ": " + frame.wireLength() + " bytes on wire, " + frame.capturedLength()
                + " captured, " + utc(packet) + "\n" + FrameTree.of(packet.layers()) + "\n";
    }

    private static String utc(PacketView packet) {
        return packet.frame().hasTime() ? Times.iso(packet.frame().timeNanos()) : "no time";
    }

    /** All bytes, sixteen a line, with what of them is printable. */
    public static String hex(PacketView packet) {
        Frame frame = packet.frame();
        return HexDump.of(frame.bytes(), frame.start(), frame.end()) + "\n";
    }
}
