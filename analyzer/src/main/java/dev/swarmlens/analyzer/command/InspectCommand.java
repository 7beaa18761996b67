package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.packets.FileFacts;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Options;

/** {@code inspect}: what is in the file itself. */
final class InspectCommand implements Command {

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
        return List.of("swarmlens inspect manager.pcap", "swarmlens inspect -T json *.pcapng");
    }

    @Override
    public Options options() {
        return CommonOptions.reading()
                .addOption(CommonOptions.value("T", "format", "text|json", "for people (default) or for scripts"));
    }

    @Override
    public ExitCode run(Arguments arguments, Streams streams) throws UsageException, IOException {
        String format = arguments.choice("format", "text", List.of("text", "json"));
        ProtocolRegistry registry = arguments.registry();
        List<FileFacts> files = new ArrayList<>();
        ExitCode code = Input.readAll(arguments.inputs(), streams, (input, reader) -> {
            FileFacts facts = FileFacts.read(input.point(), input.file(), reader, registry);
            files.add(facts);
            return facts.damage();
        });
        if (files.isEmpty()) {
            return code;
        }
        if (format.equals("json")) {
            FileFacts.writeJson(files, streams.out());
        } else {
            for (FileFacts facts : files) {
                streams.out().write(facts.toText().getBytes(StandardCharsets.UTF_8));
            }
        }
        return code;
    }
}
