package dev.swarmlens.codecs;

/**
 * One value of a field as numbers, so that it can be compared without being printed; reused from value to value. What the
 * numbers mean is said by the {@link FieldType}.
 */
public final class FieldValue {
    private long high;
    private long low;
    private String text = "";

    /** A value of 0. */
    public FieldValue() {}

    /** The first half of what needs 128 bits; else 0. */
    public long high() {
        return high;
    }

    /** The number, or the second half of what needs 128 bits. */
    public long low() {
        return low;
    }

    /** The text of a field of {@link FieldType#TEXT}; else empty. */
    public String text() {
        return text;
    }

    /** Makes it a number. */
    public void set(long number) {
        set(0, number);
    }

    /** Makes it two numbers. */
    public void set(long newHigh, long newLow) {
        high = newHigh;
        low = newLow;
        text = "";
    }

    /** Makes it a text. */
    public void set(String newText) {
        set(0, 0);
        text = newText;
    }
}
