package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.packets.PacketLine;
import dev.swarmlens.analyzer.packets.PacketTree;
import java.io.PrintStream;

/** For people: a line for each packet, or its tree; and its bytes, if they are wanted. */
record TextPrinter(PrintStream out, PacketLine line, boolean tree, boolean hex) implements PacketPrinter {
    @Override
    public void print(PacketView packet) {
        out.print(tree ? PacketTree.of(packet) : line.of(packet) + "\n");
        if (hex) {
            out.print(PacketTree.hex(packet));
        }
    }
}
