package dev.swarmlens.analyzer.packets;

import dev.swarmlens.analyzer.fields.PacketView;
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
                + " captured, " + TimeText.UD.of(packet) + " UTC\n" + FrameTree.of(packet.layers()) + "\n";
    }

    /** All bytes, sixteen a line, with what of them is printable. */
    public static String hex(PacketView packet) {
        Frame frame = packet.frame();
        return HexDump.of(frame.bytes(), frame.start(), frame.end()) + "\n";
    }
}
