package dev.swarmlens.codecs;

/** What the values of a {@link Field} are, and how a {@link FieldValue} holds them. */
public enum FieldType {
    /** A number. */
    NUMBER("number"),
    /** A flag: 1 if it is set, else 0. */
    BOOLEAN("boolean"),
    /** A time, or a span of time, in nanoseconds; printed in seconds. */
    SECONDS("seconds"),
    /** An IPv4 address as a number, 0 to 2^32 − 1. */
    IPV4("IPv4 address"),
    /** An IPv6 address; its first eight bytes are {@link FieldValue#high}. */
    IPV6("IPv6 address"),
    /** A MAC address as a number, 0 to 2^48 − 1. */
    MAC("MAC address"),
    /** Text. */
    TEXT("text"),
    /** A header and all that it encloses: bytes of the frame, from the index {@link FieldValue#high} to the index {@link FieldValue#low}. */
    PROTOCOL("protocol");

    private final String words;

    FieldType(String words) {
        this.words = words;
    }

    /** What people call it. */
    @Override
    public String toString() {
        return words;
    }
}
