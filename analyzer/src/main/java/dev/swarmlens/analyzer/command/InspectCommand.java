package dev.swarmlens.analyzer.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.swarmlens.analyzer.packets.BlockText;
import dev.swarmlens.analyzer.packets.FileFacts;
import dev.swarmlens.analyzer.report.PrettyJson;
import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** {@code inspect}: what is in the file itself. */
final class InspectCommand implements Command {
    private static final String BLOCKS = "blocks";

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public String summary() {
        return "print what a file is: format, interfaces, packets, times, drops, damage";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "swarmlens inspect manager.pcap",
                "swarmlens inspect -T json *.pcapng",
                "swarmlens inspect --blocks manager.pcapng");
    }

    @Override
    public Options options() {
        return CommonOptions.reading()
                .addOption(CommonOptions.value("T", "format", "text|json", "for people (default) or for scripts"))
                .addOption(
                        CommonOptions.flag(null, BLOCKS, "list every block, or record, of the file before all else"));
    }

    @Override
    public ExitCode run(Arguments arguments, Streams streams) throws UsageException, IOException {
        String format = arguments.choice("format", "text", List.of("text", "json"));
        List<Input> inputs = arguments.inputs();
        ProtocolRegistry registry = arguments.registry();
        boolean blocks = arguments.has(BLOCKS);
        if (format.equals("json")) {
            return json(inputs, registry, blocks, streams);
        }
        return Input.readAll(inputs, streams, (input, reader) -> {
            FileFacts facts = facts(input, reader);
            if (blocks) {
                streams.out().print(BlockText.HEADER);
                reader.describeTo(block -> streams.out().print(BlockText.of(block)));
            }
            facts.read(reader, registry);
            streams.out().print((blocks ? "\n" : "") + facts.toText());
            return facts.damage();
        });
    }

    private static ExitCode json(List<Input> inputs, ProtocolRegistry registry, boolean blocks, Streams streams)
            throws IOException {
        try (JsonGenerator json = PrettyJson.generator(streams.out())) {
            ExitCode code = Input.readAll(inputs, streams, (input, reader) -> {
                begin(json);
                FileFacts facts = facts(input, reader);
                json.writeStartObject();
                facts.writeBeginning(json);
                if (blocks) {
                    json.writeArrayFieldStart("blockList");
                    reader.describeTo(block -> BlockText.write(block, json));
                }
                try {
                    facts.read(reader, registry);
                } finally {
                    if (blocks) {
                        json.writeEndArray();
                    }
                    facts.writeRest(json);
                    json.writeEndObject();
                }
                return facts.damage();
            });
            if (!json.getOutputContext().inRoot()) {
                json.writeEndArray();
                json.writeEndObject();
                json.writeRaw('\n');
            }
            return code;
        }
    }

    /** Begins the report with its first capture: if there is none, there is no report. */
    private static void begin(JsonGenerator json) throws IOException {
        if (json.getOutputContext().inRoot()) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", Report.SCHEMA_VERSION);
            json.writeArrayFieldStart("captures");
        }
    }

    private static FileFacts facts(Input input, CaptureReader reader) throws IOException {
        return new FileFacts(input.point(), input.file(), input.size(), reader.format());
    }
}
