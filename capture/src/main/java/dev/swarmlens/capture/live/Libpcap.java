package dev.swarmlens.capture.live;

import dev.swarmlens.capture.live.LiveException.Reason;
import java.util.regex.Pattern;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapNativeException;

/** Calls of libpcap, whose failures become sentences. */
final class Libpcap {
    private static final int NO_SUCH_DEVICE = -5;
    private static final int NO_PERMISSION = -8;
    private static final int INTERFACE_NOT_UP = -9;
    private static final int NO_PERMISSION_FOR_PROMISCUOUS = -11;

    /** What Pcap4J puts before libpcap's words. */
    private static final Pattern PREFIX = Pattern.compile("^(Unexpected error|Error) occurred[^:]*: ");

    private Libpcap() {}

    /** Something that libpcap shall do. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws PcapNativeException, NotOpenException;
    }

    /**
     * Has libpcap do something.
     *
     * @param what it should do and cannot if it fails, as in {@code eth0 cannot be captured from}
     */
    static <T> T call(String what, Call<T> call) throws LiveException {
        try {
            return call.run();
        } catch (LinkageError absent) {
            throw missing(absent);
        } catch (PcapNativeException refused) {
            throw refused(what, refused);
        } catch (NotOpenException closed) {
            throw new IllegalStateException("closed", closed);
        }
    }

    private static LiveException missing(LinkageError absent) {
        String message;
        try {
            Class.forName("com.sun.jna.Native");
            message = "libpcap is not installed; install it, for example with: apt-get install libpcap0.8";
        } catch (LinkageError | ClassNotFoundException noJna) {
            message = "Java cannot load JNA, which calls libpcap (" + firstLine(noJna)
                    + "); name a folder that programs may be loaded from with SWARMLENS_JAVA_OPTS=-Djna.tmpdir=DIR";
        }
        return new LiveException(Reason.NO_LIBRARY, message, absent);
    }

    private static LiveException refused(String what, PcapNativeException refused) {
        int code = refused.getReturnCode() == null ? 0 : refused.getReturnCode();
        return switch (code) {
            case NO_SUCH_DEVICE ->
                new LiveException(
                        Reason.NO_SUCH_INTERFACE,
                        what + ": there is no such interface; 'swarmlens interfaces' lists them",
                        refused);
            case NO_PERMISSION, NO_PERMISSION_FOR_PROMISCUOUS ->
                new LiveException(
                        Reason.NO_PERMISSION,
                        what + ": permission denied; run it as root, or with the capability CAP_NET_RAW",
                        refused);
            case INTERFACE_NOT_UP ->
                new LiveException(
                        Reason.FAILED, what + ": it is down; 'ip link set INTERFACE up' brings it up", refused);
            default ->
                new LiveException(
                        Reason.FAILED,
                        what + ": " + PREFIX.matcher(firstLine(refused)).replaceFirst(""),
                        refused);
        };
    }

    private static String firstLine(Throwable problem) {
        String message = problem.getMessage();
        return message == null || message.isBlank()
                ? problem.toString()
                : message.lines().findFirst().orElseThrow();
    }
}
