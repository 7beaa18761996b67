package dev.swarmlens.analyzer.filter;

import com.google.re2j.Pattern;
import dev.swarmlens.analyzer.fields.PacketField;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.codecs.FieldType;
import dev.swarmlens.codecs.FieldValue;
import dev.swarmlens.codecs.MacAddress;
import java.util.List;

/** What is asked of one value of a field. */
@FunctionalInterface
interface ValueTest {
    boolean passes(FieldValue value, PacketView packet);

    /** That there is one. */
    static ValueTest exists() {
        return (value, packet) -> true;
    }

    /** That some of the bits are set that a mask has. */
    static ValueTest hasBits(Literal mask) {
        return (value, packet) -> (value.high() & mask.high() | value.low() & mask.low()) != 0;
    }

    /** How a number or an address compares to another. */
    static ValueTest compares(FieldType type, Relation relation, Literal literal) {
        return (value, packet) -> relation.holds(literal.compare(type, value));
    }

    /** How a text compares to another. */
    static ValueTest compares(Relation relation, String text) {
        return (value, packet) -> relation.holds(value.text().compareTo(text));
    }

    /** That a number or an address lies in a range, both ends included. */
    static ValueTest lies(FieldType type, Literal from, Literal to) {
        return (value, packet) -> from.compare(type, value) >= 0 && to.compare(type, value) <= 0;
    }

    /** That a text lies in a range, both ends included. */
    static ValueTest lies(String from, String to) {
        return (value, packet) ->
                value.text().compareTo(from) >= 0 && value.text().compareTo(to) <= 0;
    }

    /** How it compares to the values of another field: to one of them at least, or to all. */
    static ValueTest compares(FieldType type, Relation relation, PacketField other, boolean toAll) {
        FieldValue otherValue = new FieldValue();
        return (value, packet) -> {
            other.begin(packet);
            boolean occurs = false;
            while (other.next(otherValue)) {
                boolean holds = relation.holds(
                        type == FieldType.TEXT
                                ? value.text().compareTo(otherValue.text())
                                : Literal.compare(
                                        type, value.high(), value.low(), otherValue.high(), otherValue.low()));
                if (holds != toAll) {
                    return holds;
                }
                occurs = true;
            }
            return toAll && occurs;
        };
    }

    /** The same test, of only those bits of a number or an address that a mask has. */
    default ValueTest masked(Literal mask) {
        FieldValue bits = new FieldValue();
        return (value, packet) -> {
            bits.set(value.high() & mask.high(), value.low() & mask.low());
            return passes(bits, packet);
        };
    }

    /** At least one of several. */
    static ValueTest any(List<ValueTest> tests) {
        return (value, packet) -> {
            for (int i = 0; i < tests.size(); i++) {
                if (tests.get(i).passes(value, packet)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** That bytes of the frame hold others. */
    static ValueTest contains(byte[] wanted) {
        return (value, packet) -> {
            byte[] frame = packet.layers().frame();
            int last = (int) value.low() - wanted.length;
            for (int at = (int) value.high(); at <= last; at++) {
                if (startsWith(frame, at, wanted)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static boolean startsWith(byte[] frame, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (frame[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** That a MAC address holds bytes. */
    static ValueTest macContains(byte[] wanted) {
        long bits = 0;
        for (int i = 0; i < Math.min(wanted.length, MacAddress.LENGTH); i++) {
            bits = bits << Byte.SIZE | wanted[i] & 0xff;
        }
        long searched = bits;
        int length = wanted.length * Byte.SIZE;
        return (value, packet) -> {
            for (int shift = MacAddress.LENGTH * Byte.SIZE - length; shift >= 0; shift -= Byte.SIZE) {
                if ((value.low() >>> shift & (1L << length) - 1) == searched) {
                    return true;
                }
            }
            return false;
        };
    }

    /** That a text holds another. */
    static ValueTest contains(String wanted) {
        return (value, packet) -> value.text().contains(wanted);
    }

    /** That something in a text matches a pattern. */
    static ValueTest textMatches(Pattern pattern) {
        return (value, packet) -> pattern.matcher(value.text()).find();
    }

    /** That something in bytes of the frame matches a pattern, for which each byte is a character. */
    static ValueTest matches(Pattern pattern) {
        return (value, packet) -> pattern.matcher(
                        new Latin1(packet.layers().frame(), (int) value.high(), (int) value.low()))
                .find();
    }
}
