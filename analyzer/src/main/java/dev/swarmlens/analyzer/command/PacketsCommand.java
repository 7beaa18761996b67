package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.fields.FieldCatalog;
import dev.swarmlens.analyzer.fields.PacketField;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.filter.FilterException;
import dev.swarmlens.analyzer.packets.PacketLine;
import dev.swarmlens.analyzer.packets.TimeText;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.cli.Options;

/** {@code packets}: one line a packet, or its tree, its bytes, its fields. */
final class PacketsCommand implements Command {
    private static final int CLOSED_PIPE_CHECK = 1024;

    @Override
    public String name() {
        return "packets";
    }

    @Override
    public String summary() {
        return "print packets one by one";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "swarmlens packets -c 20 manager.pcap",
                "swarmlens packets -Y 'vni == 4097 && inner.ip.addr == 10.0.9.4 && inner.tcp.flags.syn' *.pcap",
                "swarmlens packets -V -x -c 1 manager.pcap",
                "swarmlens packets -T ndjson manager.pcap | jq .layers",
                "swarmlens packets -T fields -e frame.number -e ip.src -e ip.dst -e vni -E header=y manager.pcap");
    }

    @Override
    public Options options() {
        return CommonOptions.filtering()
                .addOption(CommonOptions.value(
                        "T",
                        "format",
                        "text|json|ndjson|csv|fields",
                        "lines (default), a JSON array, JSON lines, CSV," + " or the columns that -e names"))
                .addOption(CommonOptions.value(
                        "e", "field", "FIELD", "a column by Wireshark's name, e.g. ip.src; repeatable; not for text"))
                .addOption(CommonOptions.value(
                        "E",
                        "fields-option",
                        "KEY=VALUE",
                        "for -T fields: header=y|n, separator=/t|/s|CHAR, occurrence=a|f|l, aggregator=CHAR,"
                                + " quote=d|s|n, bom=y|n"))
                .addOption(CommonOptions.flag("V", "verbose", "print every field of every layer"))
                .addOption(CommonOptions.flag("x", "hex", "print the bytes"))
                .addOption(CommonOptions.value("c", "count", "N", "stop after reading N packets"))
                .addOption(CommonOptions.value(
                        "t",
                        "time",
                        "FORM[.DIGITS]",
                        "seconds since: r the first packet, d the one before, dd the one printed before, e 1970;"
                                + " or time of day a here, u in UTC, ad ud with date, adoy udoy with day of year"))
                .addOption(CommonOptions.flag(
                        null,
                        "list-fields",
                        "list the fields that -e and -Y can name, their types, and what they are"));
    }

    @Override
    public ExitCode run(Arguments arguments, Streams streams) throws UsageException, FilterException, IOException {
        ProtocolRegistry registry = arguments.registry();
        FieldCatalog catalog = new FieldCatalog(registry);
        if (arguments.has("list-fields")) {
            printFields(catalog, streams.out());
            return ExitCode.FINE;
        }
        Predicate<PacketView> wanted = arguments.filter(registry).orElse(any -> true);
        int limit = arguments.limit("count", Integer.MAX_VALUE);
        List<Input> inputs = Input.inTimeOrder(arguments.inputs());
        PacketPrinter printer = printer(arguments, catalog, inputs, streams.out());
        PacketView packet = new PacketView(registry, KeyArguments.read(arguments));
        long[] refused = new long[1];
        Predicate<PacketView> counted = each -> {
            refused[0] += each.hasRefused() ? 1 : 0;
            return wanted.test(each);
        };
        ExitCode code = printAll(inputs, limit, packet, counted, printer, streams);
        KeyArguments.tellRefused(arguments, refused[0], streams);
        return code;
    }

    private static void printFields(FieldCatalog catalog, PrintStream out) {
        int width = catalog.entries().stream()
                .mapToInt(entry -> entry.name().length())
                .max()
                .orElse(1);
        for (FieldCatalog.Entry entry : catalog.entries()) {
            out.printf("%-" + width + "s  %-12s  %s%n", entry.name(), entry.type(), entry.description());
        }
    }

    private static PacketPrinter printer(Arguments arguments, FieldCatalog catalog, List<Input> inputs, PrintStream out)
            throws UsageException, IOException {
        String format = arguments.choice("format", "text", List.of("text", "json", "ndjson", "csv", "fields"));
        TimeText time = time(arguments);
        List<PacketField> fields = fields(arguments, catalog);
        return switch (format) {
            case "json", "ndjson" -> new JsonPrinter(out, format.equals("json"), fields);
            case "csv" -> fields.isEmpty() ? CsvPrinter.ofSummaries(out, time) : CsvPrinter.ofFields(out, fields);
            case "fields" -> {
                if (fields.isEmpty()) {
                    throw new UsageException("-T fields needs at least one -e FIELD; --list-fields lists them");
                }
                yield new FieldColumns(out, fields, arguments.values("fields-option"));
            }
            default -> {
                if (!fields.isEmpty()) {
                    throw new UsageException("-e FIELD needs -T fields, csv, json or ndjson");
                }
                int pointWidth = inputs.size() == 1
                        ? 0
                        : inputs.stream()
                                .mapToInt(input -> input.point().length())
                                .max()
                                .orElse(0);
                yield new TextPrinter(
                        out, new PacketLine(time, pointWidth), arguments.has("verbose"), arguments.has("hex"));
            }
        };
    }

    private static TimeText time(Arguments arguments) throws UsageException {
        String form = arguments.value("time", "r");
        return TimeText.of(form)
                .orElseThrow(() -> new UsageException("option --time cannot be " + form + "; choose one of "
                        + String.join(", ", TimeText.forms()) + ", with .0 to .9 for the digits or not"));
    }

    private static List<PacketField> fields(Arguments arguments, FieldCatalog catalog) throws UsageException {
        List<PacketField> fields = new ArrayList<>();
        for (String name : arguments.values("field")) {
            PacketField field = catalog.find(name).orElse(null);
            if (field == null) {
                throw new UsageException("unknown field " + name
                        + catalog.nearest(name)
                                .map(near -> ", did you mean " + near + "?")
                                .orElse("; --list-fields lists them"));
            }
            fields.add(field);
        }
        return fields;
    }

    private static ExitCode printAll(
            List<Input> inputs,
            int limit,
            PacketView packet,
            Predicate<PacketView> wanted,
            PacketPrinter printer,
            Streams streams)
            throws IOException {
        ExitCode code = ExitCode.FINE;
        Frame frame = new Frame();
        int read = 0;
        boolean begun = false;
        for (Input input : inputs) {
            try (CaptureReader reader = input.open(streams)) {
                packet.beginFile(input.point(), reader);
                if (!begun) {
                    printer.begin();
                    begun = true;
                }
                while (read < limit && !Interruption.isRequested() && reader.next(frame)) {
                    packet.look(frame);
                    if (wanted.test(packet)) {
                        printer.print(packet);
                    }
                    read++;
                    // whoever reads a pipe may have seen enough
                    if (read % CLOSED_PIPE_CHECK == 0 && streams.out().checkError()) {
                        return code;
                    }
                }
                if (reader.damage().isPresent()) {
                    streams.out().flush();
                    streams.say(input.file() + ": " + reader.damage().get().message());
                    code = code.or(ExitCode.DAMAGED);
                }
            } catch (IOException problem) {
                streams.say(Input.reason(input.file(), problem));
                code = code.or(ExitCode.NOT_A_CAPTURE);
            }
        }
        if (begun) {
            printer.end();
        }
        return code;
    }
}
