package dev.swarmlens.capture.live;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import dev.swarmlens.capture.live.LiveException.Reason;

/**
 * A network namespace of Linux, network_namespaces(7): a container's, or the one in which a swarm hides its load balancer,
 * {@code /var/run/docker/netns/ingress_sbox}.
 */
public final class NetworkNamespace {
    private static final int NO_SUCH_FILE = 2;
    private static final int INVALID = 22;
    private static final int NOT_PERMITTED = 1;
    private static final int ACCESS_DENIED = 13;

    private NetworkNamespace() {}

    /** The system's C library. */
    private static final class CLibrary {
        static final int O_RDONLY_CLOEXEC = 0x80000;
        static final int CLONE_NEWNET = 0x4000_0000;

        static {
            Native.register(CLibrary.class, "c");
        }

        private CLibrary() {}

        static native int open(String path, int flags) throws LastErrorException;

        static native int setns(int file, int type) throws LastErrorException;

        static native int close(int file) throws LastErrorException;
    }

    /**
     * Moves this thread to a namespace, setns(2): interfaces that it lists or opens from now on are those of the namespace. Whoever
     * uses them then may be any thread.
     *
     * @param path the file that stands for the namespace
     * @throws LiveException if there is no such namespace, or the process may not enter it
     */
    public static void enter(String path) throws LiveException {
        try {
            int file = CLibrary.open(path, CLibrary.O_RDONLY_CLOEXEC);
            try {
                CLibrary.setns(file, CLibrary.CLONE_NEWNET);
            } finally {
                CLibrary.close(file);
            }
        } catch (LastErrorException refused) {
            throw refused(path, refused);
        } catch (LinkageError absent) {
            throw new LiveException(
                    Reason.NO_LIBRARY,
                    "network namespaces cannot be entered here; run the command in it instead: nsenter --net=" + path
                            + " swarmlens ...",
                    absent);
        }
    }

    private static LiveException refused(String path, LastErrorException refused) {
        return switch (refused.getErrorCode()) {
            case NO_SUCH_FILE ->
                new LiveException(
                        Reason.NO_SUCH_INTERFACE, "the network namespace " + path + " does not exist", refused);
            case INVALID -> new LiveException(Reason.NO_SUCH_INTERFACE, path + " is no network namespace", refused);
            case NOT_PERMITTED, ACCESS_DENIED ->
                new LiveException(
                        Reason.NO_PERMISSION,
                        "the network namespace " + path + " cannot be entered: permission denied; run it as root",
                        refused);
            default ->
                new LiveException(
                        Reason.FAILED,
                        "the network namespace " + path + " cannot be entered: " + refused.getMessage(),
                        refused);
        };
    }
}
