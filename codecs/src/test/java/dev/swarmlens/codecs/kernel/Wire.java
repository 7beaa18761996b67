package dev.swarmlens.codecs.kernel;

import static org.assertj.core.api.Assertions.fail;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/** Our end of a cable: frames go out byte for byte, and what comes back is parsed. All of both is kept. */
final class Wire implements AutoCloseable {
    private static final int SNAP_LENGTH = 0xffff;
    private static final int POLL_MILLIS = 20;
    /** A kernel answers within microseconds, but a frame can be lost while the cable comes up. */
    private static final int TRIES = 10;

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final PcapHandle handle;
    private final ProtocolRegistry registry;
    private final List<Passed> passed = new ArrayList<>();

    private Wire(PcapHandle handle, ProtocolRegistry registry) {
        this.handle = handle;
        this.registry = registry;
    }

    /**
     * A frame that passed.
     *
     * @param built what we built it from; {@code null} of a frame that came back
     * @param broken whether it was meant to be broken
     */
    record Passed(Bytes frame, Packet built, boolean broken) {}

    /** Opens a device of a namespace. */
    static Wire open(Namespace namespace, String device, ProtocolRegistry registry) throws Exception {
        PcapHandle handle = namespace.call(() -> new PcapHandle.Builder(device)
                .snaplen(SNAP_LENGTH)
                .promiscuousMode(PromiscuousMode.PROMISCUOUS)
                .timeoutMillis(POLL_MILLIS)
                .immediateMode(true)
                .build());
        handle.setDirection(PcapDirection.IN);
        return new Wire(handle, registry);
    }

    /** Sends a packet as it is, which nobody shall find sound. */
    void sendBroken(Packet packet) throws Exception {
        send(packet, Encoding.VERBATIM, true);
    }

    /** Sends a packet. */
    void send(Packet packet, Encoding encoding) throws Exception {
        send(packet, encoding, false);
    }

    private void send(Packet packet, Encoding encoding, boolean broken) throws Exception {
        Bytes frame = packet.encode(encoding, registry);
        passed.add(new Passed(frame, packet, broken));
        handle.sendPacket(frame.toArray());
    }

    /** Sends a packet, with all computed that can be, until an answer to it comes. */
    Answer ask(Packet question, Predicate<Answer> isAnswer) throws Exception {
        return ask(List.of(question), Encoding.COMPUTED, isAnswer);
    }

    /** Sends packets until an answer to all of them comes. */
    Answer ask(List<Packet> question, Encoding encoding, Predicate<Answer> isAnswer) throws Exception {
        for (int i = 0; i < TRIES; i++) {
            for (Packet packet : question) {
                send(packet, encoding);
            }
            Answer answer = await(isAnswer);
            if (answer != null) {
                return answer;
            }
        }
        return fail("no answer to " + question);
    }

    private Answer await(Predicate<Answer> isAnswer) throws Exception {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE_NANOS) {
            byte[] next = handle.getNextRawPacket();
            if (next != null) {
                Bytes frame = Bytes.of(next);
                passed.add(new Passed(frame, null, false));
                Answer answer = Answer.of(frame, registry);
                if (isAnswer.test(answer)) {
                    return answer;
                }
            }
        }
        return null;
    }

    /** All frames that went out and came in, in that order. */
    List<Passed> passed() {
        return List.copyOf(passed);
    }

    /** Writes all of them to a capture file. */
    void save(Path file) throws Exception {
        try (PcapDumper dumper = handle.dumpOpen(file.toString())) {
            for (Passed frame : passed) {
                dumper.dumpRaw(frame.frame().toArray());
            }
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
