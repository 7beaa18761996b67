package dev.swarmlens.capture.live;

import dev.swarmlens.capture.CaptureInterface;
import dev.swarmlens.capture.CaptureOutput;
import dev.swarmlens.capture.CaptureWriter;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.InterfaceStatistics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A live capture as a pcapng file that is read while it grows, so that whatever reads captures reads interfaces, too.
 *
 * <pre>{@code
 * try (CaptureReader reader = CaptureReader.open(new LiveStream(capture, frame -> true, () -> false), "eth0")) {
 *     // read as from a file
 * }
 * }</pre>
 *
 * <p>Packets are fetched when somebody reads. The file ends when the capture does, by will or {@linkplain #failure by failure}, with
 * the interfaces' statistics.
 */
public final class LiveStream extends InputStream {
    private final LiveCapture capture;
    private final FrameSink limit;
    private final BooleanSupplier stop;
    private final Window window = new Window();
    private final CaptureWriter writer;
    private boolean ended;
    private Optional<LiveException> failure = Optional.empty();

    /** The bytes that are written and not yet read. */
    private static final class Window extends ByteArrayOutputStream {
        private int position;

        int available() {
            return count - position;
        }

        int read(byte[] target, int start, int length) {
            int read = Math.min(length, available());
            System.arraycopy(buf, position, target, start, read);
            position += read;
            if (position == count) {
                position = 0;
                reset();
            }
            return read;
        }
    }

    /**
     * Makes a file of a capture.
     *
     * @param capture stays open when this is closed
     * @param limit sees every packet that goes into the file, and says whether more are wanted
     * @param stop asked again and again while packets are awaited; once true, the file ends with what the kernel still has
     * @throws IOException never
     */
    public LiveStream(LiveCapture capture, FrameSink limit, BooleanSupplier stop) throws IOException {
        this.capture = capture;
        this.limit = limit;
        this.stop = stop;
        this.writer = CaptureOutput.to(window, "-").open();
        for (CaptureInterface each : capture.interfaces()) {
            writer.add(each);
        }
        writer.flush();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Why the file ended before the capture was stopped: an interface went away. */
    public Optional<LiveException> failure() {
        return failure;
    }

    /** Reads what there is, or waits for some. */
    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        Objects.checkFromIndexSize(start, length, target.length);
        while (window.available() == 0 && length > 0) {
            if (ended) {
                return -1;
            }
            fetch();
        }
        return window.read(target, start, length);
    }

    private void fetch() throws IOException {
        boolean stopped = stop.getAsBoolean();
        try {
            if (stopped) {
                capture.drain(this::write);
            }
            if (stopped || !capture.poll(this::write)) {
                end();
                return;
            }
        } catch (LiveException gone) {
            failure = Optional.of(gone);
            end();
            return;
        }
        writer.flush();
        if (window.available() == 0) {
            capture.await();
        }
    }

    private boolean write(Frame frame) throws IOException {
        writer.write(frame.interfaceId(), frame);
        return limit.take(frame);
    }

    private void end() throws IOException {
        ended = true;
        List<InterfaceStatistics> statistics = capture.statistics();
        for (int i = 0; i < statistics.size(); i++) {
            writer.count(i, statistics.get(i));
        }
        writer.close();
    }
}
