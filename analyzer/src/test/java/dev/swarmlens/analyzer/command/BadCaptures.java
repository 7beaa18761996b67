package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.swarm.RecordedSwarm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A sound capture, and what else a user may name instead of one, all in one folder. */
final class BadCaptures {

    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int CAPTURED_LENGTH = 8;

    private final Path folder;
    private final byte[] sound;
    private final int cut;

    private BadCaptures(Path folder, byte[] sound, int cut) {
        this.folder = folder;
        this.sound = sound;
        this.cut = cut;
    }

    /** Makes them of the sample; the cut one ends in the middle of its packet number {@code packets + 1}. */
    static BadCaptures in(Path folder, int packets) throws IOException {
        byte[] sound =
                Files.readAllBytes(RecordedSwarm.sample().underlayCaptures().get("swarm-worker1"));
        BadCaptures captures = new BadCaptures(folder, sound, offsetOf(sound, packets));
        Files.write(folder.resolve("sound.pcap"), sound);
        Files.writeString(folder.resolve("text.pcap"), "This is no capture.\n");
        Files.createFile(folder.resolve("empty.pcap"));
        Files.createDirectory(folder.resolve("folder.pcap"));
        Files.write(folder.resolve("short.pcap"), Arrays.copyOf(sound, FILE_HEADER - 1));
        Files.write(folder.resolve("cut.pcap"), captures.cutInAPacket());
        return captures;
    }

    /** Where a record begins, by the lengths in the record headers: the sample is a little-endian pcap. */
    static int offsetOf(byte[] capture, int record) {
        ByteBuffer bytes = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
        int offset = FILE_HEADER;
        for (int i = 0; i < record; i++) {
            offset += RECORD_HEADER + bytes.getInt(offset + CAPTURED_LENGTH);
        }
        return offset;
    }

    /** A file in the folder, there or not. */
    String file(String name) {
        return folder.resolve(name).toString();
    }

    Path folder() {
        return folder;
    }

    byte[] sound() {
        return sound;
    }

    /** The sound capture up to the middle of a packet. */
    byte[] cutInAPacket() {
        return Arrays.copyOf(sound, cut + RECORD_HEADER + 20);
    }

    /** The sound capture up to just before that packet. */
    byte[] cutBeforeThePacket() {
        return Arrays.copyOf(sound, cut);
    }

    /** The sound capture with something else in that packet's place. */
    byte[] withAHole() {
        byte[] bytes = sound.clone();
        Arrays.fill(bytes, cut, cut + lengthOfTheHole(), (byte) 0xff);
        return bytes;
    }

    /** The sound capture without that packet. */
    byte[] withoutAPacket() {
        int next = cut + lengthOfTheHole();
        byte[] bytes = Arrays.copyOf(sound, sound.length - lengthOfTheHole());
        System.arraycopy(sound, next, bytes, cut, sound.length - next);
        return bytes;
    }

    /** A capture of the sound one's packets from one number to before another; to the end if that is negative. */
    byte[] part(int from, int to) {
        int start = offsetOf(sound, from);
        int end = to < 0 ? sound.length : offsetOf(sound, to);
        byte[] bytes = Arrays.copyOf(sound, FILE_HEADER + end - start);
        System.arraycopy(sound, start, bytes, FILE_HEADER, end - start);
        return bytes;
    }

    /** The length of that packet's record. */
    int lengthOfTheHole() {
        return RECORD_HEADER
                + ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getInt(cut + CAPTURED_LENGTH);
    }

    /** Where the cut packet's record begins. */
    int offsetOfTheCut() {
        return cut;
    }
}
