package dev.swarmlens.capture.live;

import java.io.IOException;

/** Why an interface is of no use. The message is one sentence that says what is wrong, and what to do about it. */
public final class LiveException extends IOException {

    /** What kind of obstacle it is. */
    public enum Reason {
        /** Libpcap, or what Java needs to call it, cannot be loaded. */
        NO_LIBRARY,
        /** The process may not do this. */
        NO_PERMISSION,
        /** There is no such interface, or no such network namespace. */
        NO_SUCH_INTERFACE,
        /** The capture filter makes no sense. */
        BAD_FILTER,
        /** The interface is down, or went away, or refused. */
        FAILED
    }

    private final Reason reason;

    LiveException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What kind of obstacle it is. */
    public Reason reason() {
        return reason;
    }
}
