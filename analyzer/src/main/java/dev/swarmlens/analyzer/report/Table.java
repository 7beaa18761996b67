package dev.swarmlens.analyzer.report;

import java.util.ArrayList;
import java.util.List;

/** Columns of text for people: as wide as needed, numbers to the right. */
final class Table {
    private static final String GAP = "  ";
    private static final String UNKNOWN = "-";

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table.
     *
     * @param head the columns' names; one that begins with {@code >} is a column of numbers
     */
    Table(String... head) {
        this.head = List.of(head);
    }

    /** Adds a row; {@code null} is printed as a hyphen, and a column of nothing else is left out. */
    void add(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell == null ? null : cell.toString());
        }
        rows.add(row);
    }

    /** Prints the table, every line indented. */
    void print(String indent, StringBuilder out) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < head.size(); i++) {
            int column = i;
            if (rows.stream().anyMatch(row -> row.get(column) != null)) {
                columns.add(column(i));
            }
        }
        line(indent, columns.stream().map(Column::title).toList(), columns, out);
        for (List<String> row : rows) {
            line(
                    indent,
                    columns.stream()
                            .map(column -> text(row.get(column.index())))
                            .toList(),
                    columns,
                    out);
        }
    }

    private static String text(String cell) {
        return cell == null ? UNKNOWN : cell;
    }

    private record Column(int index, String title, boolean right, int width) {}

    private Column column(int index) {
        boolean right = head.get(index).startsWith(">");
        String title = right ? head.get(index).substring(1) : head.get(index);
        int widest = rows.stream()
                .mapToInt(row -> text(row.get(index)).length())
                .max()
                .orElse(0);
        return new Column(index, title, right, Math.max(title.length(), widest));
    }

    private static void line(String indent, List<String> cells, List<Column> columns, StringBuilder out) {
        StringBuilder line = new StringBuilder(indent);
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(columns.get(i).width() - cells.get(i).length());
            boolean right = columns.get(i).right();
            line.append(i == 0 ? "" : GAP).append(right ? padding + cells.get(i) : cells.get(i) + padding);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
