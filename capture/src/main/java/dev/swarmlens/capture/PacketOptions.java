package dev.swarmlens.capture;

import dev.swarmlens.codecs.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a pcapng file says about a packet beside its bytes: the options of its block, draft-ietf-opsawg-pcapng section 4.3.
 *
 * @param comments what people wrote about it, in the file's order
 * @param flags {@code epb_flags}, 32 bits: direction, kind of reception, length of the frame check sequence, link-layer errors
 * @param dropCount packets lost between this one and the one before on the same interface; 64 bits without a sign
 * @param packetId {@code epb_packetid}: the same packet, seen at several interfaces, has the same
 * @param queue {@code epb_queue}: on which queue of the interface it came, 0 to 2^32 − 1
 * @param hashes {@code epb_hash}: a byte for the algorithm, then the hash
 * @param verdicts {@code epb_verdict}: a byte for whose verdict it is, then what was decided about the packet
 */
public record PacketOptions(
        List<String> comments,
        OptionalInt flags,
        OptionalLong dropCount,
        OptionalLong packetId,
        OptionalLong queue,
        List<Bytes> hashes,
        List<Bytes> verdicts) {

    /** Nothing. */
    public static final PacketOptions NONE = new PacketOptions(
            List.of(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(),
            List.of());

    /** Makes the lists immutable. */
    public PacketOptions {
        comments = List.copyOf(comments);
        hashes = List.copyOf(hashes);
        verdicts = List.copyOf(verdicts);
    }

    /**
     * The same with other comments.
     *
     * @param newComments each at most 65 535 bytes in UTF-8
     */
    public PacketOptions withComments(List<String> newComments) {
        return new PacketOptions(newComments, flags, dropCount, packetId, queue, hashes, verdicts);
    }

    /** The same with another count of lost packets. */
    public PacketOptions withDropCount(long newDropCount) {
        return new PacketOptions(comments, flags, OptionalLong.of(newDropCount), packetId, queue, hashes, verdicts);
    }

    /** Whether there is nothing to say. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Reads the options of a packet's block; one that is too short for its meaning says nothing. */
    static PacketOptions read(PcapngOptions options) {
        List<String> comments = new ArrayList<>();
        OptionalInt flags = OptionalInt.empty();
        OptionalLong dropCount = OptionalLong.empty();
        OptionalLong packetId = OptionalLong.empty();
        OptionalLong queue = OptionalLong.empty();
        List<Bytes> hashes = new ArrayList<>();
        List<Bytes> verdicts = new ArrayList<>();
        while (options.next()) {
            int length = options.length();
            switch (options.code()) {
                case OptionCode.COMMENT -> comments.add(options.string());
                case OptionCode.EPB_FLAGS -> flags = length < Integer.BYTES ? flags : OptionalInt.of(options.i32());
                case OptionCode.EPB_DROPCOUNT ->
                    dropCount = length < Long.BYTES ? dropCount : OptionalLong.of(options.i64());
                case OptionCode.EPB_PACKETID ->
                    packetId = length < Long.BYTES ? packetId : OptionalLong.of(options.i64());
                case OptionCode.EPB_QUEUE ->
                    queue = length < Integer.BYTES ? queue : OptionalLong.of(Integer.toUnsignedLong(options.i32()));
                case OptionCode.EPB_HASH -> hashes.add(options.value());
                case OptionCode.EPB_VERDICT -> verdicts.add(options.value());
                default -> {}
            }
        }
        return new PacketOptions(comments, flags, dropCount, packetId, queue, hashes, verdicts);
    }
}
