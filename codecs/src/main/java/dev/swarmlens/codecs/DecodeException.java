package dev.swarmlens.codecs;

/** A header that cannot be decoded as a value. The message names protocol, offset, required and available bytes. */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * Makes an exception of a problem.
     *
     * @param problem what is wrong, with its numbers
     */
    public DecodeException(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    /** What is wrong, with its numbers; {@code null} after serialization. */
    public Problem problem() {
        return problem;
    }
}
