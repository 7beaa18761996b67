package dev.swarmlens.samples.scenario;

/** A scenario that makes no sense; the message says in which line, at which key, what was expected, and what was found. */
public final class ScenarioException extends Exception {
    private static final long serialVersionUID = 1L;

    ScenarioException(String message) {
        super(message);
    }
}
