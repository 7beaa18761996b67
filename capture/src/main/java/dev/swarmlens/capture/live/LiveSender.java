package dev.swarmlens.capture.live;

import dev.swarmlens.codecs.LinkType;
import java.io.Closeable;
import java.util.Arrays;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/**
 * Puts frames on an interface as they are: headers, checksums, mistakes and all.
 *
 * <p>Not thread-safe.
 */
public final class LiveSender implements Closeable {
    /** It sends, so the kernel need not keep much of what comes. */
    private static final int SNAP_LENGTH = 1;

    private static final int BUFFER = 1 << 16;
    private static final int TIMEOUT_MILLIS = 1000;

    private final String what;
    private final PcapHandle handle;

    private LiveSender(String what, PcapHandle handle) {
        this.what = what;
        this.handle = handle;
    }

    /**
     * Opens an interface.
     *
     * @param name for example {@code eth0}
     * @throws LiveException if that is impossible
     */
    public static LiveSender open(String name) throws LiveException {
        String what = name + " cannot be sent to";
        return Libpcap.call(
                what,
                () -> new LiveSender(
                        what,
                        new PcapHandle.Builder(name)
                                .snaplen(SNAP_LENGTH)
                                .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
                                .timeoutMillis(TIMEOUT_MILLIS)
                                .bufferSize(BUFFER)
                                .build()));
    }

    /** What frames must begin with here. */
    public LinkType linkType() {
        return Tap.linkType(handle);
    }

    /**
     * Sends a frame. The kernel has it when this returns.
     *
     * @param bytes an array that holds the frame
     * @param start where it begins
     * @param end where it ends
     * @throws LiveException if the kernel refuses it, for example because it is too long for the interface
     */
    public void send(byte[] bytes, int start, int end) throws LiveException {
        byte[] frame = Arrays.copyOfRange(bytes, start, end);
        Libpcap.call(what, () -> {
            handle.sendPacket(frame);
            return null;
        });
    }

    @Override
    public void close() {
        handle.close();
    }
}
