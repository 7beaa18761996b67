package dev.swarmlens.analyzer.report;

import java.util.ArrayList;
import java.util.List;

/** Columns of text for people: as wide as needed, numbers to the right. */
final class Table {
    private static final String GAP = "  ";

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

    /** Adds a row; {@code null} is printed as a hyphen. */
    void add(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell == null ? "-" : cell.toString());
        }
        rows.add(row);
    }

    /** Prints the table, every line indented. */
    void print(String indent, StringBuilder out) {
        int columns = head.size();
        int[] widths = new int[columns];
        boolean[] right = new boolean[columns];
        List<String> names = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            right[column] = head.get(column).startsWith(">");
            names.add(right[column] ? head.get(column).substring(1) : head.get(column));
            widths[column] = names.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        line(indent, names, widths, right, out);
        rows.forEach(row -> line(indent, row, widths, right, out));
    }

    private static void line(String indent, List<String> cells, int[] widths, boolean[] right, StringBuilder out) {
        StringBuilder line = new StringBuilder(indent);
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP).append(right[column] ? padding + cell : cell + padding);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
