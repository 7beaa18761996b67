package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.fields.PacketField;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.packets.PacketSummary;
import dev.swarmlens.analyzer.packets.PacketSummary.Tunnel;
import dev.swarmlens.analyzer.packets.TimeText;
import dev.swarmlens.analyzer.report.CsvReport;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** For spreadsheets: comma-separated values as RFC 4180 has them, but with Unix' line ends. */
final class CsvPrinter implements PacketPrinter {
    private static final List<String> SUMMARY = List.of(
            "point",
            "number",
            "time",
            "source",
            "destination",
            "protocol",
            "length",
            "info",
            "vni",
            "vtepSource",
            "vtepDestination");

    private final PrintStream out;
    private final List<String> header;
    private final Function<PacketView, List<String>> cells;

    private CsvPrinter(PrintStream out, List<String> header, Function<PacketView, List<String>> cells) {
        this.out = out;
        this.header = header;
        this.cells = cells;
    }

    /** The columns of the one-line summary; of a tunnel in a tunnel the innermost first. */
    static CsvPrinter ofSummaries(PrintStream out, TimeText time) {
        PacketSummary summary = new PacketSummary();
        return new CsvPrinter(out, SUMMARY, packet -> {
            summary.look(packet);
            return List.of(
                    packet.point(),
                    Long.toString(packet.frame().number()),
                    time.of(packet),
                    summary.source(),
                    summary.destination(),
                    summary.protocol(),
                    Integer.toString(packet.frame().wireLength()),
                    summary.info(),
                    joined(summary.tunnels(), Tunnel::vni),
                    joined(summary.tunnels(), Tunnel::source),
                    joined(summary.tunnels(), Tunnel::destination));
        });
    }

    private static String joined(List<Tunnel> tunnels, Function<Tunnel, Object> value) {
        return tunnels.stream().map(value).map(Object::toString).collect(Collectors.joining(","));
    }

    /** A column for each field; several values of a packet are joined by commas. */
    static CsvPrinter ofFields(PrintStream out, List<PacketField> fields) {
        return new CsvPrinter(
                out,
                fields.stream().map(PacketField::name).toList(),
                packet -> fields.stream()
                        .map(field -> String.join(",", field.texts(packet)))
                        .toList());
    }

    @Override
    public void begin() {
        print(header);
    }

    @Override
    public void print(PacketView packet) {
        print(cells.apply(packet));
    }

    private void print(List<String> values) {
        out.print(values.stream().map(CsvReport::quoted).collect(Collectors.joining(",")) + "\n");
    }
}
