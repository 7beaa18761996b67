package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.packets.FieldCatalog;
import dev.swarmlens.analyzer.packets.PacketView;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code -T fields} prints: a column for each {@code -e}, in the way that {@code -E} says; both as in tshark. */
final class FieldColumns {
    private final FieldCatalog catalog;
    private final List<String> fields;
    private boolean header;
    private String separator = "\t";
    private String occurrence = "a";
    private String aggregator = ",";

    private FieldColumns(FieldCatalog catalog, List<String> fields) {
        this.catalog = catalog;
        this.fields = fields;
    }

    static FieldColumns of(Arguments arguments, FieldCatalog catalog) throws UsageException {
        List<String> fields = arguments.values("field");
        if (fields.isEmpty()) {
            throw new UsageException("-T fields needs at least one -e FIELD; --list-fields lists them");
        }
        for (String field : fields) {
            if (!catalog.has(field)) {
                throw new UsageException("unknown field " + field + "; --list-fields lists them");
            }
        }
        FieldColumns columns = new FieldColumns(catalog, fields);
        for (String option : arguments.values("fields-option")) {
            columns.set(option);
        }
        return columns;
    }

    private void set(String option) throws UsageException {
        int equals = option.indexOf('=');
        String key = equals < 0 ? option : option.substring(0, equals);
        String value = equals < 0 ? "" : option.substring(equals + 1);
        switch (key) {
            case "header" -> header = value.equals("y");
            case "separator" -> separator = character(value);
            case "aggregator" -> aggregator = character(value);
            case "occurrence" -> {
                if (!List.of("a", "f", "l").contains(value)) {
                    throw new UsageException("-E occurrence= takes a (all), f (first) or l (last), not " + value);
                }
                occurrence = value;
            }
            case "quote" -> {
                if (!value.equals("n")) {
                    throw new UsageException("-E quote=" + value + " is not supported; values hold no blanks");
                }
            }
            default -> throw new UsageException("unknown -E option " + option);
        }
    }

    private static String character(String value) {
        return switch (value) {
            case "/t" -> "\t";
            case "/s" -> " ";
            default -> value;
        };
    }

    String header() {
        return header ? String.join(separator, fields) + "\n" : "";
    }

    String line(PacketView packet) {
        return fields.stream().map(field -> cell(field, packet)).collect(Collectors.joining(separator)) + "\n";
    }

    private String cell(String field, PacketView packet) {
        List<String> values = catalog.values(field, packet);
        if (values.isEmpty()) {
            return "";
        }
        return switch (occurrence) {
            case "f" -> values.get(0);
            case "l" -> values.get(values.size() - 1);
            default -> String.join(aggregator, values);
        };
    }
}
