package dev.swarmlens.capture;

import java.io.IOException;

/**
 * Thrown when something is opened as a capture that is none, or one in a format that cannot be read.
 *
 * <p>The message is one sentence for the user: it names the file and says what was found in it.
 */
public class NotACaptureException extends IOException {
    /**
     * Creates the exception.
     *
     * @param message what was found instead of a capture
     */
    public NotACaptureException(String message) {
        super(message);
    }
}
