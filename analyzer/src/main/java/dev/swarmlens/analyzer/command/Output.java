package dev.swarmlens.analyzer.command;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The standard output, which remembers why it failed: a full disk is an error to tell, but whoever closes a pipe has seen
 * enough.
 */
final class Output extends FilterOutputStream {
    static final String CLOSED_PIPE = "Broken pipe";

    private String reason;

    Output(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        try {
            out.write(bytes, start, length);
        } catch (IOException failed) {
            reason = failed.getMessage();
            throw failed;
        }
    }

    /** Whether output was lost that somebody wanted. */
    boolean isBroken() {
        return reason != null && !reason.equals(CLOSED_PIPE);
    }

    /** Why, in the system's words. */
    String reason() {
        return reason;
    }
}
