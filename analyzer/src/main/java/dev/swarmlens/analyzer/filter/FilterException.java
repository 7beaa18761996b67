package dev.swarmlens.analyzer.filter;

/** A filter that makes no sense; it knows where in the filter's text. */
public final class FilterException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String filter;
    private final int start;
    private final int end;

    /**
     * Says what is wrong with a piece of a filter.
     *
     * @param message what is wrong
     * @param filter the whole text
     * @param start the index of the piece's first character; the length of the text if something is missing at its end
     * @param end the index behind the piece's last character
     */
    FilterException(String message, String filter, int start, int end) {
        super(message);
        this.filter = filter;
        this.start = start;
        this.end = end;
    }

    /** Where the piece begins that is wrong: 1 for the first character, one more than there are for the text's end. */
    public int column() {
        return start + 1;
    }

    /** Two lines: the filter, and below it carets under the piece that is wrong. */
    public String pointer() {
        return filter.replaceAll("\\s", " ") + "\n" + " ".repeat(start) + "^".repeat(Math.max(1, end - start));
    }
}
