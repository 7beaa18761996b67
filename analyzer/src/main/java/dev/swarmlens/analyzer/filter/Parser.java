package dev.swarmlens.analyzer.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.swarmlens.analyzer.fields.FieldCatalog;
import dev.swarmlens.analyzer.fields.PacketField;
import dev.swarmlens.analyzer.filter.Token.Kind;
import dev.swarmlens.codecs.FieldType;
import dev.swarmlens.codecs.FieldValue;
import dev.swarmlens.codecs.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Reads a filter's text.
 *
 * <pre>
 * filter = and { ("or" | "||") and }
 * and    = not { ("and" | "&amp;&amp;") not }
 * not    = { "not" | "!" } ( "(" filter ")" | test )
 * test   = field [ "&amp;" literal ] [ relation value | ["not"] "in" set | "contains" bytes | "matches" string ]
 * set    = "{" range { "," range } "}"
 * range  = literal [ ".." literal ]
 * value  = literal | field
 * </pre>
 */
final class Parser {
    /** How deep parentheses may nest, so that no text exhausts the stack. */
    private static final int MAX_DEPTH = 100;

    private static final String CONTAINS = "contains";
    private static final String MATCHES = "matches";
    private static final Set<String> OPERATORS =
            Set.of("and", "or", "not", "in", CONTAINS, MATCHES, "eq", "ne", "lt", "le", "gt", "ge");

    private final String filter;
    private final FieldCatalog catalog;
    private List<Token> tokens = List.of();
    private int at;
    private int depth;

    Parser(String filter, FieldCatalog catalog) {
        this.filter = filter;
        this.catalog = catalog;
    }

    Condition parse() throws FilterException {
        tokens = new Lexer(filter).tokens();
        if (peek().kind() == Kind.END) {
            throw error("the filter is empty", peek());
        }
        Condition condition = or();
        Token rest = peek();
        if (rest.is(")")) {
            throw error("this parenthesis was never opened", rest);
        }
        if (rest.kind() != Kind.END) {
            throw error(quoted(rest) + " cannot follow here; an operator such as and or or is missing", rest);
        }
        return condition;
    }

    private Condition or() throws FilterException {
        List<Condition> either = new ArrayList<>(List.of(and()));
        while (accept("or") || accept("||")) {
            either.add(and());
        }
        return either.size() == 1 ? either.get(0) : new Condition.Any(List.copyOf(either));
    }

    private Condition and() throws FilterException {
        List<Condition> all = new ArrayList<>(List.of(not()));
        while (accept("and") || accept("&&")) {
            all.add(not());
        }
        return all.size() == 1 ? all.get(0) : new Condition.All(List.copyOf(all));
    }

    private Condition not() throws FilterException {
        boolean negated = false;
        while (accept("not") || accept("!")) {
            negated = !negated;
        }
        Condition condition = peek().is("(") ? inParentheses() : test();
        return negated ? new Condition.Not(condition) : condition;
    }

    private Condition inParentheses() throws FilterException {
        Token open = next();
        if (++depth > MAX_DEPTH) {
            throw error("parentheses nest too deep", open);
        }
        Condition condition = or();
        if (!accept(")")) {
            throw peek().kind() == Kind.END
                    ? error("this parenthesis is never closed", open)
                    : error("a closing parenthesis should stand here, not " + quoted(peek()), peek());
        }
        depth--;
        return condition;
    }

    private Condition test() throws FilterException {
        Token name = next();
        PacketField field = field(name);
        Literal mask = null;
        if (accept("&") || accept("bitwise_and")) {
            demandBits(field, name);
            mask = literal(field.type(), "a mask");
        }
        Token operator = peek();
        boolean negated = operator.is("not") && tokens.get(at + 1).is("in");
        if (negated) {
            next();
        }
        Relation relation = operator.kind() == Kind.STRING ? null : Relation.of(operator.text());
        Condition condition;
        if (relation != null) {
            next();
            condition = comparison(field, mask, operator, relation);
        } else if (accept("in")) {
            condition = anyValue(field, masked(set(field, operator), mask));
        } else if (accept(CONTAINS)) {
            condition = anyValue(field, contains(field, mask, operator));
        } else if (accept(MATCHES) || accept("~")) {
            condition = anyValue(field, matches(field, mask, operator));
        } else {
            condition = anyValue(field, alone(field, mask));
        }
        return negated ? new Condition.Not(condition) : condition;
    }

    private static Condition anyValue(PacketField field, ValueTest test) {
        return new Condition.AnyValue(field, test, new FieldValue());
    }

    private static ValueTest masked(ValueTest test, Literal mask) {
        return mask == null ? test : test.masked(mask);
    }

    private PacketField field(Token name) throws FilterException {
        if (name.kind() == Kind.END) {
            throw error("the filter ends where a field should follow", name);
        }
        if (name.kind() != Kind.WORD
                || OPERATORS.contains(name.text())
                || !Character.isLetter(name.text().charAt(0))) {
            throw error("a field should stand here, such as ip.addr, not " + quoted(name), name);
        }
        PacketField field = catalog.find(name.text()).orElse(null);
        if (field == null) {
            String advice = catalog.nearest(name.text())
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; --list-fields lists them");
            throw error("unknown field " + name.text() + advice, name);
        }
        return field;
    }

    private void demandBits(PacketField field, Token name) throws FilterException {
        switch (field.type()) {
            case NUMBER, BOOLEAN, IPV4, IPV6, MAC -> {
                // these have bits
            }
            case SECONDS, TEXT, PROTOCOL ->
                throw error("& takes bits of numbers and addresses, but " + field.name() + " is " + kind(field), name);
        }
    }

    /** What a field means without an operator: that it occurs; that a flag is set; that bits are. */
    private static ValueTest alone(PacketField field, Literal mask) {
        if (mask != null) {
            return ValueTest.hasBits(mask);
        }
        return field.type() == FieldType.BOOLEAN ? (value, packet) -> value.low() != 0 : ValueTest.exists();
    }

    private Condition comparison(PacketField field, Literal mask, Token operator, Relation relation)
            throws FilterException {
        if (field.isProtocol()) {
            throw error(
                    field.name() + " is " + kind(field) + "; it can stand alone, or before contains or matches",
                    operator);
        }
        ValueTest test = masked(comparison(field, relation), mask);
        return relation.ofAll() ? new Condition.EveryValue(field, test, new FieldValue()) : anyValue(field, test);
    }

    private ValueTest comparison(PacketField field, Relation relation) throws FilterException {
        Token value = peek();
        PacketField other =
                value.kind() == Kind.WORD ? catalog.find(value.text()).orElse(null) : null;
        if (other != null) {
            next();
            if (other.type() != field.type()) {
                throw error(
                        field.name() + " is " + kind(field) + ", but " + other.name() + " is " + kind(other), value);
            }
            return ValueTest.compares(field.type(), relation, other, relation.ofAll());
        }
        return field.type() == FieldType.TEXT
                ? ValueTest.compares(relation, text(string("text in double quotes")))
                : ValueTest.compares(field.type(), relation, literal(field.type(), "a value"));
    }

    private ValueTest set(PacketField field, Token operator) throws FilterException {
        if (field.isProtocol()) {
            throw error(field.name() + " is " + kind(field) + ", which is in no set", operator);
        }
        Token open = peek();
        if (!accept("{")) {
            throw error("a set should stand here, such as {80, 443, 8000..8080}", open);
        }
        List<ValueTest> ranges = new ArrayList<>();
        do {
            ranges.add(range(field));
        } while (accept(","));
        if (!accept("}")) {
            throw peek().kind() == Kind.END
                    ? error("this brace is never closed", open)
                    : error("a comma or a closing brace should stand here, not " + quoted(peek()), peek());
        }
        return ValueTest.any(List.copyOf(ranges));
    }

    private ValueTest range(PacketField field) throws FilterException {
        if (field.type() == FieldType.TEXT) {
            String from = text(string("text in double quotes"));
            return ValueTest.lies(from, accept("..") ? text(string("text in double quotes")) : from);
        }
        Literal from = literal(field.type(), "a value");
        return ValueTest.lies(field.type(), from, accept("..") ? literal(field.type(), "a value") : from);
    }

    private ValueTest contains(PacketField field, Literal mask, Token operator) throws FilterException {
        if (mask == null) {
            switch (field.type()) {
                case TEXT -> {
                    return ValueTest.contains(text(string("text in double quotes")));
                }
                case PROTOCOL -> {
                    return ValueTest.contains(bytes());
                }
                case MAC -> {
                    Token wanted = peek();
                    byte[] bytes = bytes();
                    if (bytes.length > MacAddress.LENGTH) {
                        throw error("a MAC address has only " + MacAddress.LENGTH + " bytes", wanted);
                    }
                    return ValueTest.macContains(bytes);
                }
                default -> {
                    // told below
                }
            }
        }
        throw error(
                CONTAINS + " looks into protocols, text and MAC addresses, but " + field.name() + " is " + kind(field),
                operator);
    }

    private ValueTest matches(PacketField field, Literal mask, Token operator) throws FilterException {
        boolean text = field.type() == FieldType.TEXT;
        if (mask != null || !text && !field.isProtocol()) {
            throw error(
                    MATCHES + " looks into protocols and text, but " + field.name() + " is " + kind(field), operator);
        }
        Token expression = string("a regular expression in double quotes");
        try {
            Pattern pattern = Pattern.compile(text ? text(expression) : expression.text(), Pattern.CASE_INSENSITIVE);
            return text ? ValueTest.textMatches(pattern) : ValueTest.matches(pattern);
        } catch (PatternSyntaxException wrong) {
            throw error("the regular expression is wrong: " + wrong.getDescription(), expression);
        }
    }

    private Literal literal(FieldType type, String what) throws FilterException {
        Token token = next();
        if (token.kind() != Kind.WORD && token.kind() != Kind.STRING) {
            throw missing(what, token);
        }
        try {
            return Literal.of(type, token.text());
        } catch (IllegalArgumentException wrong) {
            throw error(wrong.getMessage(), token);
        }
    }

    private Token string(String what) throws FilterException {
        Token token = next();
        if (token.kind() != Kind.STRING) {
            throw missing(what, token);
        }
        return token;
    }

    private static String text(Token string) {
        return new String(string.text().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** A string, or pairs of hexadecimal digits with colons, points or hyphens between. */
    private byte[] bytes() throws FilterException {
        Token token = next();
        if (token.kind() == Kind.STRING) {
            return token.text().getBytes(StandardCharsets.ISO_8859_1);
        }
        if (token.kind() != Kind.WORD) {
            throw missing("text in double quotes or bytes such as 02:42", token);
        }
        if (!token.text().matches("[0-9a-fA-F]{2}([:.-][0-9a-fA-F]{2})*")) {
            throw error(token.text() + " is neither text in double quotes nor bytes such as 02:42", token);
        }
        return HexFormat.of().parseHex(token.text().replaceAll("[:.-]", ""));
    }

    private static String kind(PacketField field) {
        return switch (field.type()) {
            case NUMBER -> "a number";
            case BOOLEAN -> "a flag";
            case SECONDS -> "a time";
            case IPV4, IPV6 -> "an " + field.type();
            case MAC -> "a " + field.type();
            case TEXT -> "text";
            case PROTOCOL -> field.name().equals("frame") ? "the whole frame" : "a protocol";
        };
    }

    private FilterException missing(String what, Token token) {
        return token.kind() == Kind.END
                ? error("the filter ends where " + what + " should follow", token)
                : error(what + " should stand here, not " + quoted(token), token);
    }

    private String quoted(Token token) {
        return token.kind() == Kind.END ? "the end" : filter.substring(token.start(), token.end());
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    private boolean accept(String word) {
        if (!peek().is(word)) {
            return false;
        }
        next();
        return true;
    }

    private FilterException error(String message, Token token) {
        return new FilterException(message, filter, token.start(), token.end());
    }
}
