package dev.swarmlens.analyzer;

import dev.swarmlens.capture.CaptureReader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many bytes have been read so far, by several threads. They do nothing for it; who wants to know looks. */
public final class Meter {
    private final Map<CaptureReader, Long> running = new ConcurrentHashMap<>();
    private final LongAdder finished = new LongAdder();

    /** A meter at zero. */
    public Meter() {}

    /** Begins to watch a reader. */
    public void begin(CaptureReader reader) {
        running.put(reader, reader.offset());
    }

    /** Ends watching a reader. */
    public void end(CaptureReader reader) {
        finished.add(reader.offset() - running.remove(reader));
    }

    /** How many bytes of captures, decompressed, have been read. */
    public long bytes() {
        long bytes = finished.sum();
        for (Map.Entry<CaptureReader, Long> reader : running.entrySet()) {
            bytes += reader.getKey().offset() - reader.getValue();
        }
        return bytes;
    }
}
