package dev.swarmlens.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/how-we-know*.md tell readers to type gives what stands there. */
class HowWeKnowTest {
    private static final Path ROOT = root();
    private static final String PROMPT = "$ ";

    private record Command(Path page, String line, List<String> expected) {
        @Override
        public String toString() {
            return page.getFileName() + ": " + line;
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("docs"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static Stream<Command> commands() throws IOException {
        List<Command> commands = new ArrayList<>();
        try (DirectoryStream<Path> pages = Files.newDirectoryStream(ROOT.resolve("docs"), "how-we-know*.md")) {
            for (Path page : pages) {
                boolean fenced = false;
                for (String line : Files.readAllLines(page)) {
                    if (line.startsWith("```")) {
                        fenced = !fenced;
                    } else if (fenced && line.startsWith(PROMPT + "tshark")) {
                        commands.add(new Command(page, line.substring(PROMPT.length()), new ArrayList<>()));
                    } else if (fenced && !line.isBlank()) {
                        commands.get(commands.size() - 1).expected.add(words(line));
                    }
                }
            }
        }
        return commands.stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theCommandPrintsWhatStandsThere(Command command) throws IOException, InterruptedException {
        assumeTrue(run("command -v tshark").size() == 1, "tshark is not installed");
        if (command.line.contains("../shared")) {
            assumeTrue(Files.isDirectory(ROOT.resolve("../shared/captures")), "the recorded captures are not here");
        }

        assertThat(run(command.line)).isEqualTo(command.expected);
    }

    private static List<String> run(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(ROOT.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = process.getInputStream()) {
            List<String> lines = new String(out.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(HowWeKnowTest::words)
                    .filter(line -> !line.isEmpty())
                    .toList();
            process.waitFor();
            return lines;
        }
    }

    private static String words(String line) {
        return line.strip().replaceAll("\\s+", " ");
    }
}
