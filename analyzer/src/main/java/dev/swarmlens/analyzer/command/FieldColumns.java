package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.fields.PacketField;
import dev.swarmlens.analyzer.fields.PacketView;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code -T fields} prints: a column for each {@code -e}, in the way that {@code -E} says; both as in tshark. */
final class FieldColumns implements PacketPrinter {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final PrintStream out;
    private final List<PacketField> fields;
    private boolean byteOrderMark;
    private boolean header;
    private String separator = "\t";
    private String occurrence = "a";
    private String aggregator = ",";
    private String quote = "";

    /**
     * Columns.
     *
     * @param options the values of {@code -E}
     */
    FieldColumns(PrintStream out, List<PacketField> fields, List<String> options) throws UsageException {
        this.out = out;
        this.fields = fields;
        for (String option : options) {
            set(option);
        }
    }

    private void set(String option) throws UsageException {
        int equals = option.indexOf('=');
        String key = equals < 0 ? option : option.substring(0, equals);
        String value = equals < 0 ? "" : option.substring(equals + 1);
        switch (key) {
            case "bom" -> byteOrderMark = choice(key, value, "y", "n").equals("y");
            case "header" -> header = choice(key, value, "y", "n").equals("y");
            case "separator" -> separator = character(key, value);
            case "aggregator" -> aggregator = character(key, value);
            case "occurrence" -> occurrence = choice(key, value, "a", "f", "l");
            case "quote" ->
                quote = switch (choice(key, value, "d", "s", "n")) {
                    case "d" -> "\"";
                    case "s" -> "'";
                    default -> "";
                };
            default -> throw new UsageException("unknown -E option " + option);
        }
    }

    private static String choice(String key, String value, String... choices) throws UsageException {
        if (!List.of(choices).contains(value)) {
            throw new UsageException("-E " + key + "= takes " + String.join(" or ", choices) + ", not " + value);
        }
        return value;
    }

    private static String character(String key, String value) throws UsageException {
        String character = switch (value) {
            case "/t" -> "\t";
            case "/s" -> " ";
            default -> value;
        };
        if (character.codePointCount(0, character.length()) != 1) {
            throw new UsageException("-E " + key + "= takes /t, /s or one character, not " + value);
        }
        return character;
    }

    @Override
    public void begin() {
        out.print(byteOrderMark ? BYTE_ORDER_MARK : "");
        if (header) {
            out.print(fields.stream().map(PacketField::name).collect(Collectors.joining(separator)) + "\n");
        }
    }

    @Override
    public void print(PacketView packet) {
        out.print(fields.stream().map(field -> cell(field, packet)).collect(Collectors.joining(separator)) + "\n");
    }

    private String cell(PacketField field, PacketView packet) {
        List<String> values = field.texts(packet);
        if (values.isEmpty()) {
            return "";
        }
        String value = switch (occurrence) {
            case "f" -> values.get(0);
            case "l" -> values.get(values.size() - 1);
            default -> String.join(aggregator, values);
        };
        return quote + value + quote;
    }
}
