package dev.swarmlens.analyzer.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.swarmlens.analyzer.packets.FieldCatalog;
import dev.swarmlens.analyzer.packets.PacketJson;
import dev.swarmlens.analyzer.packets.PacketLine;
import dev.swarmlens.analyzer.packets.PacketTree;
import dev.swarmlens.analyzer.packets.PacketView;
import dev.swarmlens.analyzer.packets.TimeText;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
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
                "swarmlens packets -V -x -c 1 manager.pcap",
                "swarmlens packets -T fields -e frame.number -e ip.src -e ip.dst -e vxlan.vni -E header=y manager.pcap");
    }

    @Override
    public Options options() {
        return CommonOptions.reading()
                .addOption(CommonOptions.value(
                        "T", "format", "text|json|fields", "lines (default), JSON, or the columns that -e names"))
                .addOption(CommonOptions.value("e", "field", "FIELD", "a column by Wireshark's name, e.g. ip.src"))
                .addOption(CommonOptions.value(
                        "E",
                        "fields-option",
                        "KEY=VALUE",
                        "header=y|n, separator=/t|/s|CHAR, occurrence=a|f|l, aggregator=CHAR"))
                .addOption(CommonOptions.flag("V", "verbose", "print every field of every layer"))
                .addOption(CommonOptions.flag("x", "hex", "print the bytes"))
                .addOption(CommonOptions.value("c", "count", "N", "stop after N packets"))
                .addOption(CommonOptions.value(
                        "t", "time", "r|d|e|ud", "seconds since the first packet, the one before, 1970; or date, UTC"))
                .addOption(CommonOptions.flag(null, "list-fields", "list the fields that -e can name"));
    }

    @Override
    public ExitCode run(Arguments arguments, Streams streams) throws UsageException, IOException {
        ProtocolRegistry registry = arguments.registry();
        FieldCatalog catalog = new FieldCatalog(registry);
        if (arguments.has("list-fields")) {
            catalog.names().forEach(streams.out()::println);
            return ExitCode.FINE;
        }
        String format = arguments.choice("format", "text", List.of("text", "json", "fields"));
        List<Input> inputs = Input.inTimeOrder(arguments.inputs());
        int limit = arguments.limit("count", Integer.MAX_VALUE);
        PacketView packet = new PacketView(registry);
        switch (format) {
            case "json" -> {
                return json(inputs, limit, packet, streams);
            }
            case "fields" -> {
                FieldColumns columns = FieldColumns.of(arguments, catalog);
                streams.out().print(columns.header());
                return each(
                        inputs, limit, packet, streams, each -> streams.out().print(columns.line(each)));
            }
            default -> {
                Consumer<PacketView> printer = printer(arguments, inputs.size() > 1, streams.out());
                return each(inputs, limit, packet, streams, printer);
            }
        }
    }

    private static Consumer<PacketView> printer(Arguments arguments, boolean withPoint, PrintStream out)
            throws UsageException {
        String time = arguments.choice("time", "r", List.of("r", "d", "e", "ud"));
        TimeText timeText = TimeText.valueOf(time.toUpperCase(Locale.ROOT));
        boolean tree = arguments.has("verbose");
        boolean hex = arguments.has("hex");
        return packet -> {
            if (tree) {
                out.print(PacketTree.of(packet));
            } else {
                out.print(PacketLine.of(packet, timeText, withPoint) + "\n");
            }
            if (hex) {
                out.print(PacketTree.hex(packet));
            }
        };
    }

    private static ExitCode json(List<Input> inputs, int limit, PacketView packet, Streams streams) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (JsonGenerator json = factory.createGenerator(streams.out())) {
            json.setPrettyPrinter(new MinimalPrettyPrinter(""));
            json.writeStartArray();
            ExitCode code = each(inputs, limit, packet, streams, each -> {
                try {
                    json.writeRaw('\n');
                    PacketJson.write(each, json);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
            json.writeEndArray();
            json.writeRaw('\n');
            return code;
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private static ExitCode each(
            List<Input> inputs, int limit, PacketView packet, Streams streams, Consumer<PacketView> printer) {
        ExitCode code = ExitCode.FINE;
        Frame frame = new Frame();
        int printed = 0;
        for (Input input : inputs) {
            try (CaptureReader reader = input.open(streams)) {
                packet.beginFile(input.point(), reader.format());
                while (printed < limit && !Interruption.isRequested() && reader.next(frame)) {
                    packet.look(frame);
                    printer.accept(packet);
                    printed++;
                    // whoever reads a pipe may have seen enough
                    if (printed % CLOSED_PIPE_CHECK == 0 && streams.out().checkError()) {
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
        return code;
    }
}
