package dev.swarmlens.analyzer.filter;

import dev.swarmlens.analyzer.fields.PacketField;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.codecs.FieldValue;
import java.util.List;

/** What is asked of a packet. */
interface Condition {
    boolean matches(PacketView packet);

    /** All of several. */
    record All(List<Condition> conditions) implements Condition {
        @Override
        public boolean matches(PacketView packet) {
            for (int i = 0; i < conditions.size(); i++) {
                if (!conditions.get(i).matches(packet)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** At least one of several. */
    record Any(List<Condition> conditions) implements Condition {
        @Override
        public boolean matches(PacketView packet) {
            for (int i = 0; i < conditions.size(); i++) {
                if (conditions.get(i).matches(packet)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The opposite. */
    record Not(Condition condition) implements Condition {
        @Override
        public boolean matches(PacketView packet) {
            return !condition.matches(packet);
        }
    }

    /** A test of which at least one value of a field passes; none does where the field does not occur. */
    record AnyValue(PacketField field, ValueTest test, FieldValue value) implements Condition {
        @Override
        public boolean matches(PacketView packet) {
            field.begin(packet);
            while (field.next(value)) {
                if (test.passes(value, packet)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A test that all values of a field pass, of which there must be one. */
    record EveryValue(PacketField field, ValueTest test, FieldValue value) implements Condition {
        @Override
        public boolean matches(PacketView packet) {
            field.begin(packet);
            boolean occurs = false;
            while (field.next(value)) {
                if (!test.passes(value, packet)) {
                    return false;
                }
                occurs = true;
            }
            return occurs;
        }
    }
}
