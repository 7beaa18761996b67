package dev.swarmlens.analyzer.filter;

import dev.swarmlens.analyzer.fields.Seconds;
import dev.swarmlens.codecs.FieldType;
import dev.swarmlens.codecs.FieldValue;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import java.util.Locale;

/**
 * A number or an address that a filter names, or a network of addresses: then the mask has the bits of its prefix.
 *
 * @param high the first half of 128 bits
 * @param low the number, or the second half
 * @param maskHigh which bits count
 * @param maskLow which bits count
 */
record Literal(long high, long low, long maskHigh, long maskLow) {
    private static final int HEXADECIMAL = 16;
    private static final int OCTAL = 8;
    private static final int BINARY = 2;
    private static final int DECIMAL = 10;

    private static Literal of(long high, long low) {
        return new Literal(high, low, -1, -1);
    }

    /**
     * Reads a value as it is written in filters.
     *
     * @throws IllegalArgumentException if it is none of that type; the message says so
     */
    static Literal of(FieldType type, String text) {
        return switch (type) {
            case NUMBER -> of(0, number(text));
            case BOOLEAN -> of(0, truth(text));
            case SECONDS -> of(0, seconds(text));
            case MAC -> of(0, mac(text));
            case IPV4 -> ipv4(text);
            case IPV6 -> ipv6(text);
            case TEXT, PROTOCOL -> throw new IllegalArgumentException("numbers and addresses only");
        };
    }

    private static long number(String text) {
        String digits = text.startsWith("-") ? text.substring(1) : text;
        int radix = DECIMAL;
        String lower = digits.toLowerCase(Locale.ROOT);
        if (lower.startsWith("0x")) {
            radix = HEXADECIMAL;
            digits = digits.substring(2);
        } else if (lower.startsWith("0b")) {
            radix = BINARY;
            digits = digits.substring(2);
        } else if (lower.startsWith("0") && digits.length() > 1) {
            radix = OCTAL;
        }
        try {
            if (!digits.isEmpty() && Character.digit(digits.charAt(0), radix) >= 0) {
                long number = Long.parseLong(digits, radix);
                return text.startsWith("-") ? -number : number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new IllegalArgumentException(text + " is not a number");
    }

    private static long truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> 1;
            case "false" -> 0;
            default -> {
                try {
                    yield number(text);
                } catch (IllegalArgumentException neither) {
                    throw new IllegalArgumentException(text + " is neither 1 or true nor 0 or false", neither);
                }
            }
        };
    }

    private static long seconds(String text) {
        try {
            return Seconds.nanos(text);
        } catch (NumberFormatException notATime) {
            throw new IllegalArgumentException(text + " is not a time in seconds, such as 1.5", notATime);
        }
    }

    private static long mac(String text) {
        try {
            return MacAddress.of(text).bits();
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(text + " is not a MAC address, such as 02:42:0a:00:09:04", notAnAddress);
        }
    }

    private static Literal ipv4(String text) {
        int slash = text.indexOf('/');
        try {
            int bits =
                    Ipv4Address.of(slash < 0 ? text : text.substring(0, slash)).bits();
            int prefix = slash < 0 ? Integer.SIZE : prefix(text.substring(slash + 1), Integer.SIZE);
            // a shift by all 32 bits shifts by none in Java, but not by 32 of 64
            return new Literal(0, bits & 0xffff_ffffL, -1, -1L << Integer.SIZE - prefix);
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(
                    text + " is not an IPv4 address or network, such as 10.0.9.4 or 10.0.9.0/24", notAnAddress);
        }
    }

    private static Literal ipv6(String text) {
        int slash = text.indexOf('/');
        try {
            Ipv6Address address = Ipv6Address.of(slash < 0 ? text : text.substring(0, slash));
            int prefix = slash < 0 ? 2 * Long.SIZE : prefix(text.substring(slash + 1), 2 * Long.SIZE);
            return new Literal(address.high(), address.low(), ones(prefix), ones(prefix - Long.SIZE));
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(
                    text + " is not an IPv6 address or network, such as fe80::1 or fe80::/10", notAnAddress);
        }
    }

    private static int prefix(String text, int max) {
        int prefix = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : max + 1;
        if (prefix > max) {
            throw new IllegalArgumentException("no length of a prefix");
        }
        return prefix;
    }

    /** Some of 64 bits, from the left. */
    private static long ones(int count) {
        return count <= 0 ? 0 : -1L << Long.SIZE - Math.min(count, Long.SIZE);
    }

    /** Compares a value to this: less than 0 if the value is less. */
    int compare(FieldType type, FieldValue value) {
        return compare(type, value.high() & maskHigh, value.low() & maskLow, high & maskHigh, low & maskLow);
    }

    /** Compares two values of a type. */
    static int compare(FieldType type, long oneHigh, long oneLow, long otherHigh, long otherLow) {
        if (type == FieldType.IPV6) {
            int byHigh = Long.compareUnsigned(oneHigh, otherHigh);
            return byHigh != 0 ? byHigh : Long.compareUnsigned(oneLow, otherLow);
        }
        return Long.compare(oneLow, otherLow);
    }
}
