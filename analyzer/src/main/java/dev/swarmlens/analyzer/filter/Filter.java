package dev.swarmlens.analyzer.filter;

import dev.swarmlens.analyzer.fields.FieldCatalog;
import dev.swarmlens.analyzer.fields.PacketView;

/**
 * Which packets are wanted. The language is described in {@code docs/filters.md}.
 *
 * <p>A filter reads the fields' numbers from the frame and allocates nothing, unless it looks at text, or at a header of
 * which only the beginning is there.
 *
 * <p>Not thread-safe: compile one a thread.
 */
public final class Filter {
    private final String text;
    private final Condition condition;

    private Filter(String text, Condition condition) {
        this.text = text;
        this.condition = condition;
    }

    /**
     * Reads a filter's text.
     *
     * @param catalog the fields that it can name
     * @throws FilterException if it makes no sense
     */
    public static Filter compile(String text, FieldCatalog catalog) throws FilterException {
        return new Filter(text, new Parser(text, catalog).parse());
    }

    /** Whether a packet is wanted. */
    public boolean matches(PacketView packet) {
        return condition.matches(packet);
    }

    /** The text that it was compiled from. */
    @Override
    public String toString() {
        return text;
    }
}
