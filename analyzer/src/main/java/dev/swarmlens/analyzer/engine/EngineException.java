package dev.swarmlens.analyzer.engine;

import java.io.IOException;

/** A Docker daemon cannot be asked, or answers what nobody can use; the message is one sentence that says why. */
public final class EngineException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Reason {
        /** No daemon listens there, or it may not be asked. */
        UNREACHABLE,
        /** Something listens, but the answer does not come, breaks off, or is not Docker's. */
        BAD_ANSWER
    }

    private final Reason reason;

    EngineException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What kind of failure it is. */
    public Reason reason() {
        return reason;
    }
}
