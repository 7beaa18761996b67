package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.fields.FieldCatalog;
import dev.swarmlens.analyzer.fields.PacketField;
import dev.swarmlens.analyzer.fields.PacketView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code -T fields} prints: a column for each {@code -e}, in the way that {@code -E} says; both as in tshark. */
final class FieldColumns {
    private final List<PacketField> fields;
    private boolean header;
    private String separator = "\t";
    private String occurrence = "a";
    private String aggregator = ",";

    private FieldColumns(List<PacketField> fields) {
        this.fields = fields;
    }

    static FieldColumns of(Arguments arguments, FieldCatalog catalog) throws UsageException {
        List<String> names = arguments.values("field");
        if (names.isEmpty()) {
            throw new UsageException("-T fields needs at least one -e FIELD; --list-fields lists them");
        }
        List<PacketField> fields = new ArrayList<>();
        for (String name : names) {
            PacketField field = catalog.find(name).orElse(null);
            if (field == null) {
                throw new UsageException("unknown field " + name
                        + catalog.nearest(name)
                                .map(near -> ", did you mean " + near + "?")
                                .orElse("; --list-fields lists them"));
            }
            fields.add(field);
        }
        FieldColumns columns = new FieldColumns(fields);
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
        return header ? fields.stream().map(PacketField::name).collect(Collectors.joining(separator)) + "\n" : "";
    }

    String line(PacketView packet) {
        return fields.stream().map(field -> cell(field, packet)).collect(Collectors.joining(separator)) + "\n";
    }

    private String cell(PacketField field, PacketView packet) {
        List<String> values = field.texts(packet);
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
