package dev.swarmlens.analyzer.filter;

import dev.swarmlens.analyzer.filter.Token.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a filter's text into words, strings and signs. */
final class Lexer {
    private static final String RANGE = "..";
    /** The longer ones first. */
    private static final List<String> SIGNS = List.of(
            "===", "!==", "==", "!=", "~=", "<=", ">=", "&&", "||", RANGE, "<", ">", "!", "&", "~", "(", ")", "{", "}",
            ",");

    private static final int HEXADECIMAL = 16;

    private final String filter;
    private int at;

    Lexer(String filter) {
        this.filter = filter;
    }

    /** All pieces, and the end. */
    List<Token> tokens() throws FilterException {
        List<Token> tokens = new ArrayList<>();
        while (true) {
            while (at < filter.length() && Character.isWhitespace(filter.charAt(at))) {
                at++;
            }
            if (at == filter.length()) {
                tokens.add(new Token(Kind.END, "", at, at));
                return tokens;
            }
            tokens.add(next());
        }
    }

    private Token next() throws FilterException {
        int start = at;
        if (filter.charAt(at) == '"') {
            return string(start, false);
        }
        if (filter.startsWith("r\"", at)) {
            at++;
            return string(start, true);
        }
        for (String sign : SIGNS) {
            if (filter.startsWith(sign, at)) {
                at += sign.length();
                return new Token(Kind.SIGN, sign, start, at);
            }
        }
        while (at < filter.length() && isOfWord(filter.charAt(at)) && !filter.startsWith(RANGE, at)) {
            at++;
        }
        if (at > start) {
            return new Token(Kind.WORD, filter.substring(start, at), start, at);
        }
        throw switch (filter.charAt(start)) {
            case '=' -> error("= does not compare; write ==", start, start + 1);
            case '|' -> error("| is no operator; write || or the word or", start, start + 1);
            case '[' -> error("slices such as [0:2] are not supported; write field & mask", start, start + 1);
            case '\'' -> error("text is written between double quotes", start, start + 1);
            default ->
                error(
                        "the character " + printable(filter.codePointAt(start)) + " means nothing here",
                        start,
                        start + 1);
        };
    }

    private static String printable(int character) {
        return Character.isISOControl(character) || !Character.isDefined(character)
                ? String.format("U+%04X", character)
                : Character.toString(character);
    }

    private static boolean isOfWord(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || "_.:/-".indexOf(character) >= 0;
    }

    /** Reads a string; in one after the letter r the backslash stands for itself. */
    private Token string(int start, boolean raw) throws FilterException {
        at++;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (at < filter.length()) {
            char character = filter.charAt(at);
            if (character == '"') {
                at++;
                return new Token(Kind.STRING, bytes.toString(StandardCharsets.ISO_8859_1), start, at);
            }
            boolean escape = character == '\\' && at + 1 < filter.length();
            if (escape && (!raw || filter.charAt(at + 1) == '"')) {
                at++;
                bytes.writeBytes(escaped());
            } else {
                int length = Character.charCount(filter.codePointAt(at));
                bytes.writeBytes(filter.substring(at, at + length).getBytes(StandardCharsets.UTF_8));
                at += length;
            }
        }
        throw error("the quotes are not closed", start, filter.length());
    }

    /** What a backslash and what follows stand for; a pattern's escapes stay as they are. */
    private byte[] escaped() {
        char letter = filter.charAt(at);
        if (letter == 'x' && at + 2 < filter.length()) {
            int high = Character.digit(filter.charAt(at + 1), HEXADECIMAL);
            int low = Character.digit(filter.charAt(at + 2), HEXADECIMAL);
            if (high >= 0 && low >= 0) {
                at += 3;
                return new byte[] {(byte) (high * HEXADECIMAL + low)};
            }
        }
        int length = Character.charCount(filter.codePointAt(at));
        String rest = filter.substring(at, at + length);
        at += length;
        String meant = switch (letter) {
            case '"', '\\' -> rest;
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            default -> "\\" + rest;
        };
        return meant.getBytes(StandardCharsets.UTF_8);
    }

    private FilterException error(String message, int start, int end) {
        return new FilterException(message, filter, start, end);
    }
}
