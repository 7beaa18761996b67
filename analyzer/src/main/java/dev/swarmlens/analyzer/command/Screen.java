package dev.swarmlens.analyzer.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** A picture on a terminal that is drawn anew every few seconds; elsewhere it is not drawn at all. */
final class Screen {
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** The cursor to the upper left corner, and nothing behind it. */
    private static final String CLEAR = "\033[H\033[2J";

    private final PrintStream out;
    private final boolean watched;
    private final long start = System.nanoTime();
    private long drawn = start;
    private Drawing drawing;

    /** Draws the picture. */
    @FunctionalInterface
    interface Drawing {
        void draw() throws IOException;
    }

    Screen(PrintStream out, boolean watched) {
        this.out = out;
        this.watched = watched;
    }

    /** When it was made, by the JVM's clock. */
    long start() {
        return start;
    }

    /** Says what to draw from now on. */
    void show(Drawing newDrawing) {
        drawing = newDrawing;
    }

    /** Draws, if it is time to. */
    void refresh() {
        if (!watched || drawing == null || System.nanoTime() - drawn < PERIOD_NANOS) {
            return;
        }
        clear();
        try {
            drawing.draw();
        } catch (IOException broken) {
            // the next one who writes will be told
            drawing = null;
        }
        out.flush();
        drawn = System.nanoTime();
    }

    /** Takes the picture away. */
    void clear() {
        if (watched) {
            out.print(CLEAR);
        }
    }
}
