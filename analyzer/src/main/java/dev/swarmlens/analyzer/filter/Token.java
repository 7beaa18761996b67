package dev.swarmlens.analyzer.filter;

/**
 * A piece of a filter's text.
 *
 * @param kind what it is
 * @param text what it says; of a string what is between the quotes, each byte a character
 * @param start the index of its first character
 * @param end the index behind its last character
 */
record Token(Kind kind, String text, int start, int end) {

    /** What a piece is. */
    enum Kind {
        /** A name, a number, an address, or an operator that is a word. */
        WORD,
        /** Text in quotes. */
        STRING,
        /** Anything else. */
        SIGN,
        /** The end of the filter. */
        END
    }

    boolean is(String word) {
        return kind != Kind.STRING && text.equals(word);
    }
}
