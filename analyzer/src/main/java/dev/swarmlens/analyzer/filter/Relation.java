package dev.swarmlens.analyzer.filter;

import java.util.Map;

/** How two values compare. Of a field's several values one must, except where the relation is one of all of them. */
enum Relation {
    /** Equal. */
    EQUAL(false),
    /** All of them equal. */
    ALL_EQUAL(true),
    /** None of them equal. */
    NOT_EQUAL(true),
    /** One of them different. */
    ANY_NOT_EQUAL(false),
    /** Less. */
    LESS(false),
    /** Less or equal. */
    LESS_OR_EQUAL(false),
    /** Greater. */
    GREATER(false),
    /** Greater or equal. */
    GREATER_OR_EQUAL(false);

    private static final Map<String, Relation> BY_SIGN = Map.ofEntries(
            Map.entry("==", EQUAL),
            Map.entry("eq", EQUAL),
            Map.entry("===", ALL_EQUAL),
            Map.entry("all_eq", ALL_EQUAL),
            Map.entry("!=", NOT_EQUAL),
            Map.entry("ne", NOT_EQUAL),
            Map.entry("!==", ANY_NOT_EQUAL),
            Map.entry("~=", ANY_NOT_EQUAL),
            Map.entry("any_ne", ANY_NOT_EQUAL),
            Map.entry("<", LESS),
            Map.entry("lt", LESS),
            Map.entry("<=", LESS_OR_EQUAL),
            Map.entry("le", LESS_OR_EQUAL),
            Map.entry(">", GREATER),
            Map.entry("gt", GREATER),
            Map.entry(">=", GREATER_OR_EQUAL),
            Map.entry("ge", GREATER_OR_EQUAL));

    private final boolean ofAll;

    Relation(boolean ofAll) {
        this.ofAll = ofAll;
    }

    /** The relation that a sign or word says, or {@code null}. */
    static Relation of(String sign) {
        return BY_SIGN.get(sign);
    }

    /** Whether all values must compare so, and not only one. */
    boolean ofAll() {
        return ofAll;
    }

    /** Whether it holds for two values that compare like that. */
    boolean holds(int comparison) {
        return switch (this) {
            case EQUAL, ALL_EQUAL -> comparison == 0;
            case NOT_EQUAL, ANY_NOT_EQUAL -> comparison != 0;
            case LESS -> comparison < 0;
            case LESS_OR_EQUAL -> comparison <= 0;
            case GREATER -> comparison > 0;
            case GREATER_OR_EQUAL -> comparison >= 0;
        };
    }
}
