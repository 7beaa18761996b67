package dev.swarmlens.analyzer.command;

/** What the command tells the shell. */
enum ExitCode {
    /** All went well. */
    FINE(0),
    /** Something as bad as {@code --fail-on} says was found. */
    FINDINGS(1),
    /** The command line is wrong. */
    USAGE(2),
    /** A file cannot be opened or is not a capture. */
    NOT_A_CAPTURE(3),
    /** A filter makes no sense. */
    BAD_FILTER(4),
    /** A permission or a native library is missing. */
    UNAVAILABLE(5),
    /** A file is damaged; what was before the damage is in the results. */
    DAMAGED(14);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The one to return if both happened: a file that was not read at all weighs more than one read in part. */
    ExitCode or(ExitCode other) {
        if (this == FINE || other == NOT_A_CAPTURE) {
            return other;
        }
        return this;
    }
}
