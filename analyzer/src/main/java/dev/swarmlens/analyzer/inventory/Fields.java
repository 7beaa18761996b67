package dev.swarmlens.analyzer.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Lenient access to the members of Docker's JSON: whatever is missing, null or of another type is {@code ""} or empty. */
final class Fields {

    /** How Go prints an address that is not there. */
    private static final String NO_ADDRESS = "<nil>";

    private Fields() {}

    static JsonNode at(JsonNode object, String... path) {
        JsonNode here = object;
        for (String member : path) {
            here = here.path(member);
        }
        return here;
    }

    static String text(JsonNode object, String... path) {
        JsonNode value = at(object, path);
        return value.isValueNode() && !value.isNull() && !value.isMissingNode()
                ? value.asText().strip()
                : "";
    }

    /** An address without the prefix length that Docker writes behind it. */
    static String address(JsonNode object, String... path) {
        return withoutPrefix(text(object, path));
    }

    static String withoutPrefix(String address) {
        int slash = address.indexOf('/');
        String bare = slash < 0 ? address : address.substring(0, slash);
        return bare.equals(NO_ADDRESS) ? "" : bare;
    }

    static boolean has(JsonNode object, String... path) {
        return !text(object, path).isEmpty();
    }

    /** The elements of an array, or the members' values of an object; none if it is neither. */
    static List<JsonNode> each(JsonNode object, String... path) {
        return StreamSupport.stream(at(object, path).spliterator(), false).toList();
    }

    /** A time; empty also for the year 1, by which Go says never. */
    static Optional<Instant> time(JsonNode object, String... path) {
        String written = text(object, path);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(written);
            return time.getYear() > 1 ? Optional.of(time.toInstant()) : Optional.empty();
        } catch (DateTimeException odd) {
            return Optional.empty();
        }
    }

    static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().isBefore(other.get()) ? other : one;
    }

    static String firstKnown(String one, String other) {
        return one.isEmpty() ? other : one;
    }
}
