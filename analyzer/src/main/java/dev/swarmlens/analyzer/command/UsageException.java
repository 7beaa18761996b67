package dev.swarmlens.analyzer.command;

/** A command line that makes no sense; the message says what to write instead. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
