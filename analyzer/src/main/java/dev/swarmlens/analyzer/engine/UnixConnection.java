package dev.swarmlens.analyzer.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a UNIX socket, over which all is said by a deadline: a peer that stalls, or trickles, does not hold up the
 * program for longer.
 */
final class UnixConnection extends InputStream implements Closeable {
    private final SocketChannel channel;
    private final Selector selector;
    private final long deadline;

    private UnixConnection(SocketChannel channel, Selector selector, long deadline) {
        this.channel = channel;
        this.selector = selector;
        this.deadline = deadline;
    }

    /**
     * Connects.
     *
     * @param time how long all may take, from here to the last byte
     * @throws IOException if nobody listens there, or the path is too long for a socket
     */
    static UnixConnection open(Path socket, Duration time) throws IOException {
        long deadline = System.nanoTime() + time.toNanos();
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            return new UnixConnection(channel, Selector.open(), deadline);
        } catch (IOException | RuntimeException failed) {
            try (channel) {
                throw failed;
            }
        }
    }

    /** Sends all of it. */
    void send(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            try {
                if (channel.write(left) == 0) {
                    await(SelectionKey.OP_WRITE);
                }
            } catch (InterruptedIOException late) {
                throw late;
            } catch (IOException refused) {
                throw new IOException("cannot be had: " + refused.getMessage(), refused);
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer into = ByteBuffer.wrap(bytes, offset, length);
        try {
            int count = channel.read(into);
            while (count == 0) {
                await(SelectionKey.OP_READ);
                count = channel.read(into);
            }
            return count;
        } catch (InterruptedIOException late) {
            throw late;
        } catch (IOException cut) {
            throw new IOException("cannot be read: " + cut.getMessage(), cut);
        }
    }

    /** Waits until the peer has read or written. */
    private void await(int operation) throws IOException {
        channel.register(selector, operation);
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || selector.select(left) == 0 && deadline - System.nanoTime() <= 0) {
            throw new InterruptedIOException("time is over");
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        try (channel;
                selector) {
            // both are closed, whatever happens to the first
        }
    }
}
