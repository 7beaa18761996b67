package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.fields.PacketView;
import java.io.IOException;

/** Prints packets one after the other. */
interface PacketPrinter {
    /** Prints what stands before the first packet. */
    default void begin() throws IOException {}

    /** Prints a packet. */
    void print(PacketView packet) throws IOException;

    /** Prints what stands behind the last packet. */
    default void end() throws IOException {}
}
