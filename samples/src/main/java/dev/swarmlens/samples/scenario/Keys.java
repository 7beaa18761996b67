package dev.swarmlens.samples.scenario;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of one mapping: each is asked for once, with what is expected; those that nobody asks for are wrong. */
final class Keys {
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Double> NANOS =
            Map.of("ns", 1.0, "us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "h", 3600e9);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    private final String file;
    private final String path;
    private final Yaml.Mapping mapping;
    private final Set<String> known = new LinkedHashSet<>();

    private Keys(String file, String path, Yaml.Mapping mapping) {
        this.file = file;
        this.path = path;
        this.mapping = mapping;
    }

    /**
     * Begins to read a mapping.
     *
     * @param path what leads to it; empty for the document
     * @throws ScenarioException if it is something else
     */
    static Keys of(String file, String path, Yaml yaml, String expected) throws ScenarioException {
        if (yaml instanceof Yaml.Mapping mapping) {
            return new Keys(file, path, mapping);
        }
        throw new ScenarioException(
                file + ":" + yaml.line() + ": " + path + ": expected " + expected + ", found " + yaml.words());
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** An exception about a key, or about the mapping where the key is missing. */
    ScenarioException wrong(String key, String expected) {
        Yaml value = mapping.entries().get(key);
        int line = value == null ? mapping.line() : value.line();
        String found = value == null ? "is missing" : "found " + value.words();
        return new ScenarioException(file + ":" + line + ": " + pathOf(key) + ": expected " + expected + ", " + found);
    }

    boolean has(String key) {
        known.add(key);
        return mapping.entries().containsKey(key);
    }

    private interface Parser<T> {
        T parse(String text);
    }

    /** Reads one value; whatever the parser throws, or null, means that it is not as expected. */
    private <T> Optional<T> scalar(String key, String expected, Parser<T> parser) throws ScenarioException {
        if (!has(key)) {
            return Optional.empty();
        }
        if (mapping.entries().get(key) instanceof Yaml.Scalar scalar) {
            try {
                T value = parser.parse(scalar.text());
                if (value != null) {
                    return Optional.of(value);
                }
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException refused) {
                // told below
            }
        }
        throw wrong(key, expected);
    }

    int number(String key, int otherwise, int min, int max) throws ScenarioException {
        return (int) number(key, (long) otherwise, min, max);
    }

    long number(String key, long otherwise, long min, long max) throws ScenarioException {
        return scalar(key, "a number from " + min + " to " + max, text -> {
                    long number = Long.parseLong(text);
                    return number < min || number > max ? null : number;
                })
                .orElse(otherwise);
    }

    OptionalInt number(String key, int min, int max) throws ScenarioException {
        return has(key) ? OptionalInt.of(number(key, min, min, max)) : OptionalInt.empty();
    }

    double share(String key, double otherwise) throws ScenarioException {
        return scalar(key, "a number from 0 to 1", text -> {
                    double share = Double.parseDouble(text);
                    return share >= 0 && share <= 1 ? share : null;
                })
                .orElse(otherwise);
    }

    boolean flag(String key, boolean otherwise) throws ScenarioException {
        return scalar(key, "true or false", text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> null;
                })
                .orElse(otherwise);
    }

    /** A length of time in nanoseconds. */
    long duration(String key, long otherwise) throws ScenarioException {
        return scalar(key, "a duration such as 20us, 100ms, 5s or 2m", text -> {
                    Matcher matcher = DURATION.matcher(text);
                    return matcher.matches()
                            ? Math.round(Double.parseDouble(matcher.group(1)) * NANOS.get(matcher.group(2)))
                            : null;
                })
                .orElse(otherwise);
    }

    /** A number of bytes. */
    int size(String key, int otherwise, int min, int max) throws ScenarioException {
        return scalar(key, "a size such as 512, 64KiB or 1MiB, from " + min + " to " + max, text -> {
                    long size = ByteSize.of(text);
                    return size < min || size > max ? null : (int) size;
                })
                .orElse(otherwise);
    }

    Instant time(String key, Instant otherwise) throws ScenarioException {
        return scalar(key, "a time such as 2026-11-22T11:30:00Z", Instant::parse)
                .orElse(otherwise);
    }

    Optional<Ipv4Address> address(String key) throws ScenarioException {
        return scalar(key, "an IPv4 address such as 192.168.56.101", Ipv4Address::of);
    }

    Optional<MacAddress> mac(String key) throws ScenarioException {
        return scalar(key, "a MAC address such as 52:54:00:a8:38:01", MacAddress::of);
    }

    Optional<Subnet> subnet(String key) throws ScenarioException {
        return scalar(key, "a subnet such as 10.0.9.0/24", Subnet::of);
    }

    /** A name that is given here for the first time. */
    Optional<String> newName(String key) throws ScenarioException {
        return scalar(
                key,
                "a name of letters, digits, - and _",
                text -> NAME.matcher(text).matches() ? text : null);
    }

    Optional<String> text(String key) throws ScenarioException {
        return scalar(key, "a text", text -> text);
    }

    <T> Optional<T> choice(String key, Map<String, T> choices) throws ScenarioException {
        return scalar(key, "one of " + String.join(", ", choices.keySet()), choices::get);
    }

    /** One of the names that are known; what they name is for the message. */
    Optional<String> reference(String key, String what, Set<String> names) throws ScenarioException {
        return scalar(key, what + ": one of " + String.join(", ", names), text -> names.contains(text) ? text : null);
    }

    /** A name or a list of names that are known. */
    List<String> references(String key, String what, Set<String> names, List<String> otherwise)
            throws ScenarioException {
        if (!has(key)) {
            return otherwise;
        }
        List<String> found = new ArrayList<>();
        List<Yaml> items = mapping.entries().get(key) instanceof Yaml.Sequence sequence
                ? sequence.items()
                : List.of(mapping.entries().get(key));
        for (Yaml item : items) {
            if (!(item instanceof Yaml.Scalar scalar) || !names.contains(scalar.text())) {
                throw new ScenarioException(file + ":" + item.line() + ": " + pathOf(key) + ": expected " + what
                        + ": one of " + String.join(", ", names) + ", found " + item.words());
            }
            found.add(scalar.text());
        }
        return found;
    }

    /** What reads an item of a list. */
    interface Item<T> {
        T read(Keys keys, int index) throws ScenarioException;
    }

    /** A list of mappings; nothing if the key is missing. */
    <T> Optional<List<T>> list(String key, String expected, Item<T> item) throws ScenarioException {
        if (!has(key)) {
            return Optional.empty();
        }
        if (!(mapping.entries().get(key) instanceof Yaml.Sequence sequence)) {
            throw wrong(key, "a list, each of " + expected);
        }
        List<T> items = new ArrayList<>();
        for (Yaml yaml : sequence.items()) {
            Keys keys = of(file, pathOf(key) + "[" + items.size() + "]", yaml, expected);
            items.add(item.read(keys, items.size()));
            keys.end();
        }
        return Optional.of(items);
    }

    /** A list of mappings, or their number if they are to be made by themselves. */
    <T> List<T> listOrCount(String key, String expected, int otherwise, int max, Item<T> item)
            throws ScenarioException {
        boolean counted = !has(key) || mapping.entries().get(key) instanceof Yaml.Scalar;
        if (!counted) {
            return list(key, expected, item).orElseThrow();
        }
        int count = number(key, otherwise, 0, max);
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item.read(
                    new Keys(file, pathOf(key) + "[" + i + "]", new Yaml.Mapping(mapping.line(), Map.of())), i));
        }
        return items;
    }

    /** A list whose items are texts, or a single text. */
    <T> List<T> texts(String key, String expected, Function<String, T> parser) throws ScenarioException {
        if (!has(key)) {
            return List.of();
        }
        List<Yaml> items = mapping.entries().get(key) instanceof Yaml.Sequence sequence
                ? sequence.items()
                : List.of(mapping.entries().get(key));
        List<T> found = new ArrayList<>();
        for (Yaml item : items) {
            T value = item instanceof Yaml.Scalar scalar ? parser.apply(scalar.text()) : null;
            if (value == null) {
                throw new ScenarioException(file + ":" + item.line() + ": " + pathOf(key) + ": expected " + expected
                        + ", found " + item.words());
            }
            found.add(value);
        }
        return found;
    }

    /**
     * Ends the mapping.
     *
     * @throws ScenarioException if there is a key that nobody has asked for
     */
    void end() throws ScenarioException {
        for (Map.Entry<String, Yaml> entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw new ScenarioException(file + ":" + entry.getValue().line() + ": " + pathOf(entry.getKey())
                        + ": expected one of " + String.join(", ", known) + ", found the unknown key '"
                        + entry.getKey() + "'");
            }
        }
    }
}
