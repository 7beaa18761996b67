package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.Packet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A pcap file in the plainest way: little-endian, one frame a millisecond. */
final class Pcap {
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int SNAP_LENGTH = 262_144;
    private static final int MILLIS = 1000;

    private Pcap() {}

    static void write(Path file, LinkType linkType, List<Packet> packets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(words(MAGIC, 2 | 4 << Short.SIZE, 0, 0, SNAP_LENGTH, linkType.code()));
        for (int i = 0; i < packets.size(); i++) {
            byte[] frame = packets.get(i).encode().toArray();
            out.writeBytes(words(1 + i / MILLIS, i % MILLIS * MILLIS, frame.length, frame.length));
            out.writeBytes(frame);
        }
        Files.write(file, out.toByteArray());
    }

    private static byte[] words(int... words) {
        ByteBuffer buffer = ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            buffer.putInt(word);
        }
        return buffer.array();
    }
}
