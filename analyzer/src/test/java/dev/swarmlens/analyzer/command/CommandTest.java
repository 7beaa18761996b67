package dev.swarmlens.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swarmlens.analyzer.swarm.RecordedSwarm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.cli.Option;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract with the shell: what is printed where, and the exit code. */
class CommandTest {

    private static final int PACKETS_BEFORE_THE_CUT = 500;
    private static final int WIDTH = 120;
    private static final int FINE = 0;
    private static final int USAGE = 2;
    private static final int NOT_A_CAPTURE = 3;
    private static final int DAMAGED = 14;

    /** All that reads captures and prints a report or packets, as a user types it. */
    private static final String READERS = """
            analyze
            analyze -T json
            networks
            vteps
            endpoints
            flows
            ingress --connections
            packets
            packets -V -x
            packets -T fields -e frame.number -e ip.src
            packets -T csv
            packets -T ndjson -Y ip
            inspect
            inspect -T json
            inspect --blocks
            inspect --blocks -T json
            """;

    private static final RecordedSwarm SAMPLE = RecordedSwarm.sample();

    @TempDir
    private static Path folder;

    private static BadCaptures captures;

    @BeforeAll
    static void makeCaptures() throws IOException {
        captures = BadCaptures.in(folder, PACKETS_BEFORE_THE_CUT);
    }

    static Stream<String> readers() {
        return READERS.lines();
    }

    static Stream<String> readersThatPrintNoOffsets() {
        return readers().filter(command -> !command.contains("--blocks"));
    }

    private static Invocation run(String command, String... more) {
        List<String> arguments = new ArrayList<>(words(command));
        arguments.addAll(List.of(more));
        return Invocation.of(arguments);
    }

    private static Invocation runOn(byte[] standardInput, String command) {
        List<String> arguments = new ArrayList<>(words(command));
        arguments.add("-");
        return Invocation.of(new ByteArrayInputStream(standardInput), arguments);
    }

    private static List<String> words(String command) {
        return Pattern.compile("'([^']*)'|\\S+")
                .matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group() : word.group(1))
                .toList();
    }

    /** One line, that of a program to a person. */
    private static void assertSentences(String err, int count) {
        assertThat(err).endsWith("\n");
        assertThat(err.lines())
                .hasSize(count)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("swarmlens: ")
                        .doesNotContain("Exception", "\tat ", "null")
                        .doesNotEndWith("."));
    }

    // ---- files

    @ParameterizedTest
    @MethodSource("readers")
    void whatIsNoCaptureIsRefused(String command) {
        for (String name : List.of("text.pcap", "empty.pcap", "folder.pcap", "short.pcap", "missing.pcap")) {
            Invocation answer = run(command, captures.file(name));

            assertThat(answer.exit()).as(name).isEqualTo(NOT_A_CAPTURE);
            assertThat(answer.out()).as(name).isEmpty();
            assertSentences(answer.err(), 1);
            assertThat(answer.err()).contains(captures.file(name));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text.pcap, is not a capture",
        "empty.pcap, is empty",
        "folder.pcap, is a directory",
        "short.pcap, 23 bytes",
        "missing.pcap, does not exist",
        "sound.pcap/below, Not a directory"
    })
    void theMessageSaysWhatIsThere(String name, String reason) {
        assertThat(run("analyze", captures.file(name)).err())
                .containsOnlyOnce(captures.file(name))
                .contains(reason);
    }

    /** As from a shell whose locale has no such letter. */
    @ParameterizedTest
    @ValueSource(strings = {"analyze", "packets", "inspect"})
    void aNameThatNoFileCanHaveIsRefused(String command) {
        Invocation answer = run(command, "no\0file.pcap");

        assertThat(answer.exit()).isEqualTo(NOT_A_CAPTURE);
        assertSentences(answer.err(), 1);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void whatIsBeforeTheDamageIsPrinted(String command) {
        Invocation whole = runOn(captures.cutBeforeThePacket(), command);
        Invocation answer = runOn(captures.cutInAPacket(), command);

        assertThat(whole.exit()).as(whole.err()).isEqualTo(FINE);
        assertThat(answer.exit()).isEqualTo(DAMAGED);
        assertThat(withoutDamage(answer.out())).isEqualTo(withoutDamage(whole.out()));
        assertSentences(answer.err(), 1);
        assertThat(answer.err()).contains("offset " + captures.offsetOfTheCut() + " ");
    }

    /** A hole of one packet, at whose end the next one lies. */
    @ParameterizedTest
    @MethodSource("readersThatPrintNoOffsets")
    void behindTheDamageItGoesOnIfAsked(String command) {
        Invocation without = runOn(captures.withoutAPacket(), command);
        Invocation strict = runOn(captures.withAHole(), command);
        Invocation answer = runOn(captures.withAHole(), command + " --resync");

        assertThat(strict.exit()).isEqualTo(DAMAGED);
        assertThat(strict.out()).isNotEqualTo(answer.out());
        assertThat(answer.exit()).isEqualTo(DAMAGED);
        assertThat(withoutDamage(answer.out())).isEqualTo(withoutDamage(without.out()));
        assertSentences(answer.err(), 1);
        assertThat(answer.err())
                .contains("offset " + captures.offsetOfTheCut() + " ")
                .contains("; skipped " + captures.lengthOfTheHole() + " bytes");
    }

    /** The output but for what it says of the damage itself. */
    private static String withoutDamage(String out) {
        return out.replaceAll("(?m)^damage .*\n", "")
                .replaceAll("(?m)^  ! .* is damaged at offset .*\n", "")
                .replaceAll("(\"(?:damagedAtOffset|skippedBytes)\" : )\\S+", "$1,");
    }

    @Test
    void theReportSaysWhereTheDamageIs() {
        for (String command : List.of("analyze -T json", "inspect -T json")) {
            JsonNode capture = run(command, captures.file("cut.pcap")).json().at("/captures/0");

            assertThat(capture.path("damagedAtOffset").asInt()).isEqualTo(captures.offsetOfTheCut());
            assertThat(capture.path("packets").asInt()).isEqualTo(PACKETS_BEFORE_THE_CUT);
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aSoundFileBesideABadOneIsReported(String command) {
        Invocation alone = run(command, captures.file("sound.pcap"));
        Invocation answer = run(command, captures.file("sound.pcap"), captures.file("text.pcap"));

        assertThat(alone.exit()).isEqualTo(FINE);
        assertThat(alone.err()).isEmpty();
        assertThat(answer.exit()).isEqualTo(NOT_A_CAPTURE);
        assertThat(withoutPoints(command, answer.out())).isEqualTo(alone.out());
        assertSentences(answer.err(), 1);
    }

    /** Lines of packets begin with the capture's point where there are several captures. */
    private static String withoutPoints(String command, String out) {
        return command.equals("packets") ? out.replaceAll("(?m)^sound  ", "") : out;
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aFileThatIsNoneWeighsMoreThanADamagedOne(String command) {
        for (List<String> names : List.of(List.of("cut.pcap", "missing.pcap"), List.of("missing.pcap", "cut.pcap"))) {
            Invocation answer = run(command, captures.file(names.get(0)), captures.file(names.get(1)));

            assertThat(answer.exit()).isEqualTo(NOT_A_CAPTURE);
            assertThat(answer.out()).isNotEmpty();
            assertSentences(answer.err(), 2);
        }
    }

    /** As {@code tcpdump -C} writes them, in the order in which a shell names them: 1 and 10 before 2. */
    @Test
    void filesOfOneInterfaceAreReadInTheOrderOfTime() throws IOException {
        Path ring = Files.createDirectory(folder.resolve("ring"));
        List<String> names = new ArrayList<>();
        for (int part = 0; part < 12; part++) {
            String name = "sound.pcap" + (part == 0 ? "" : part);
            Files.write(ring.resolve(name), captures.part(part * 150, part == 11 ? -1 : (part + 1) * 150));
            names.add(ring.resolve(name).toString());
        }
        Collections.sort(names);
        assertThat(names.get(2)).endsWith("sound.pcap10");
        ObjectNode whole =
                (ObjectNode) run("analyze -T json", captures.file("sound.pcap")).json();

        ObjectNode report = (ObjectNode)
                run("analyze -T json", names.toArray(String[]::new)).json();

        assertThat(report.path("captures").findValuesAsText("first"))
                .hasSize(12)
                .isSorted();
        report.remove("captures");
        whole.remove("captures");
        assertThat(report).isEqualTo(whole);

        assertThat(run("packets -T fields -e ip.id", names.toArray(String[]::new))
                        .out())
                .isEqualTo(run("packets -T fields -e ip.id", captures.file("sound.pcap"))
                        .out());
    }

    @Test
    void filesOfOnePointAreReadInTheOrderOfTime() throws IOException {
        Files.write(folder.resolve("later.pcap"), captures.part(900, -1));
        Files.write(folder.resolve("earlier.pcap"), captures.part(0, 900));
        Invocation answer = run(
                "packets -T fields -e ip.id",
                "node=" + captures.file("later.pcap"),
                "node=" + captures.file("earlier.pcap"));

        assertThat(answer.out())
                .isEqualTo(run("packets -T fields -e ip.id", captures.file("sound.pcap"))
                        .out());
    }

    // ---- usage

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | no command",
                "bogus | unknown command bogus",
                "help bogus | unknown command bogus",
                "--bogus | a command must come first",
                "-r FILE | a command must come first",
                "analyze | no capture",
                "packets | no capture",
                "inspect | no capture",
                "analyze --bogus FILE | unknown option --bogus",
                "analyze -Z FILE | unknown option -Z",
                "analyze --inv FILE FILE | unknown option --inv",
                "networks --connections FILE | unknown option --connections",
                "inspect --top 3 FILE | unknown option --top",
                "analyze FILE --top | --top needs a value",
                "analyze FILE -T | --format needs a value",
                "analyze FILE -r | --read needs a value",
                "packets FILE -c | --count needs a value",
                "analyze -T xml FILE | xml",
                "analyze -T fields FILE | fields",
                "inspect -T ndjson FILE | ndjson",
                "packets -T xml FILE | xml",
                "packets -e ip.src FILE | -T fields",
                "packets -T fields -e ip.src -E quote=x FILE | x",
                "analyze --top many FILE | many",
                "analyze --top -1 FILE | -1",
                "analyze --top=-1 FILE | -1",
                "analyze --top 1.5 FILE | 1.5",
                "analyze --top 2147483648 FILE | 2147483648",
                "packets -c x FILE | x",
                "packets -c -1 FILE | -1",
                "packets -t never FILE | never",
                "packets -T fields FILE | -e",
                "packets -T fields -e ip.sauce FILE | ip.sauce",
                "packets -T fields -e ip.src -E colour=red FILE | colour=red",
                "packets -T fields -e ip.src -E occurrence=z FILE | z",
                "packets -d vxlan FILE | vxlan",
                "packets -d udp.port==65536,vxlan FILE | 65536",
                "packets -d udp.port==7789,geneve FILE | geneve",
                "analyze --vxlan-port 65536 FILE | 65536",
                "analyze --vxlan-port vxlan FILE | vxlan",
                "inspect --vxlan-port vxlan FILE | vxlan",
                "analyze --inventory MISSING FILE | does not exist",
                "analyze - - | standard input",
                "analyze - FILE - | standard input",
                "analyze a=- b=- | standard input",
                "packets -r - - | standard input",
            })
    void aWrongCommandLineIsExplained(String line, String explanation) {
        String command = line.replace("FILE", captures.file("sound.pcap")).replace("MISSING", captures.file("missing"));

        Invocation answer = run(command);

        assertThat(answer.exit()).isEqualTo(USAGE);
        assertThat(answer.out()).isEmpty();
        assertSentences(answer.err(), 1);
        assertThat(answer.err())
                .contains(explanation)
                .contains("; try swarmlens ")
                .endsWith("--help\n");
    }

    @Test
    void anInventoryWhoseNameNoFileCanHaveIsExplained() {
        Invocation answer = run("analyze", "--inventory", "no\0file", captures.file("sound.pcap"));

        assertThat(answer.exit()).isEqualTo(USAGE);
        assertSentences(answer.err(), 1);
    }

    /** Whoever names a folder in vain shall not take the assumed names for Docker's. */
    @Test
    void anInventoryThatHoldsNothingIsTold() {
        Invocation answer = run("analyze", "--inventory", captures.file("text.pcap"), captures.file("sound.pcap"));

        assertThat(answer.exit()).isEqualTo(FINE);
        assertSentences(answer.err(), 1);
        assertThat(answer.err()).contains("text.pcap").contains("assumed");
    }

    @Test
    void theStandardInputHasAName() {
        Invocation answer =
                Invocation.of(new ByteArrayInputStream(captures.sound()), List.of("analyze", "-T", "json", "-"));

        assertThat(answer.json().at("/captures/0/point").asText()).isEqualTo("stdin");
    }

    @Test
    void optionsMayStandAfterFiles() {
        String sound = captures.file("sound.pcap");

        assertThat(run("networks", sound, "-T", "json")).isEqualTo(run("networks -T json", sound));
        assertThat(run("networks -T json -r", sound)).isEqualTo(run("networks -T json", sound));
        assertThat(run("networks -Tjson --", sound)).isEqualTo(run("networks -T json", sound));
        assertThat(run("packets -Vxc1", sound)).isEqualTo(run("packets -V -x -c 1", sound));
    }

    // ---- help

    static Stream<Command> commands() {
        return Stream.concat(
                ReportCommand.all().stream(),
                Stream.of(
                        new PacketsCommand(),
                        new InspectCommand(),
                        new ConvertCommand(),
                        new CaptureCommand(),
                        new InterfacesCommand(),
                        new SnapshotCommand(),
                        new SendCommand(),
                        new GenerateCommand()));
    }

    @Test
    void helpListsEveryCommand() {
        Invocation answer = run("--help");

        assertThat(answer.exit()).isEqualTo(FINE);
        assertThat(answer.err()).isEmpty();
        List<String> listed = Pattern.compile("(?m)^  ([a-z-]+)  +\\S.*$")
                .matcher(answer.out())
                .results()
                .map(line -> line.group(1))
                .toList();
        assertThat(listed)
                .containsExactlyElementsOf(commands().map(Command::name).toList());
        assertThat(answer.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDTH));
        assertThat(answer.out()).contains("Examples:", "Exit codes:");
        assertThat(run("-h")).isEqualTo(answer);
        assertThat(run("help")).isEqualTo(answer);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpOfACommandNamesAllItsOptions(Command command) {
        Invocation answer = run(command.name() + " --help");

        assertThat(answer.exit()).isEqualTo(FINE);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).startsWith("Usage: swarmlens " + command.name() + " ");
        for (Option option : command.options().getOptions()) {
            String letter = option.getOpt() == null ? "    " : "-" + option.getOpt() + ", ";
            String argument = option.hasArg() ? " " + option.getArgName() : "";
            assertThat(answer.out().lines())
                    .as("%s", option)
                    .filteredOn(line -> line.startsWith("  " + letter + "--" + option.getLongOpt() + argument))
                    .hasSize(1);
            assertThat(answer.out().replaceAll("\\s+", " ")).contains(option.getDescription());
        }
        assertThat(answer.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDTH));
        String examples = answer.out().substring(answer.out().indexOf("\nExamples:\n"));
        assertThat(examples).contains("swarmlens " + command.name() + " ");
        assertThat(run(command.name() + " -h")).isEqualTo(answer);
        assertThat(run("help " + command.name())).isEqualTo(answer);
        assertThat(run(command.name() + " --help", captures.file("missing"))).isEqualTo(answer);
    }

    /** The examples are command lines that the command understands. */
    @ParameterizedTest
    @MethodSource("commands")
    void examplesAreUnderstood(Command command) throws UsageException {
        for (String example : command.examples()) {
            String line = example.substring(example.indexOf("swarmlens ")).replaceAll(" \\|.*", "");
            List<String> words = words(line);

            assertThat(words.get(1)).isEqualTo(command.name());
            Arguments arguments = Arguments.parse(command.options(), words.subList(2, words.size()));
            boolean live = command instanceof ReportCommand && arguments.has("interface");
            if (live || command.operands().isEmpty()) {
                arguments.expectNoOperands();
            } else {
                assertThat(arguments.inputs()).isNotEmpty();
            }
        }
    }

    @Test
    void versionIsOneLine() {
        Invocation answer = run("--version");

        assertThat(answer.exit()).isEqualTo(FINE);
        assertThat(answer.out()).matches("swarmlens \\S+\n");
    }

    // ---- [POINT=]FILE

    @Test
    void standardInputIsReadLikeAFile() {
        Function<Invocation, JsonNode> sections = answer -> {
            assertThat(answer.exit()).as(answer.err()).isEqualTo(FINE);
            ObjectNode report = (ObjectNode) answer.json();
            ((ObjectNode) report.at("/captures/0")).remove("file");
            return report;
        };

        Invocation fromFile = run("analyze -T json", "worker1=" + captures.file("sound.pcap"));
        Invocation fromInput = Invocation.of(
                new ByteArrayInputStream(captures.sound()), List.of("analyze", "-T", "json", "worker1=-"));

        assertThat(fromInput.json().at("/captures/0/file").asText()).isEqualTo("-");
        assertThat(sections.apply(fromInput)).isEqualTo(sections.apply(fromFile));
    }

    @ParameterizedTest
    @CsvSource({
        "FOLDER/sound.pcap, sound, FOLDER/sound.pcap",
        "node=FOLDER/sound.pcap, node, FOLDER/sound.pcap",
        "node=FOLDER/odd=name.pcap, node, FOLDER/odd=name.pcap",
        "FOLDER/odd=name.pcap, odd=name, FOLDER/odd=name.pcap",
        "node=FOLDER/a=b/sound.pcap, node, FOLDER/a=b/sound.pcap",
        "FOLDER/a=b/sound.pcap, sound, FOLDER/a=b/sound.pcap",
        "node of mine=FOLDER/sound.pcap, node of mine, FOLDER/sound.pcap",
        "Knoten-ä=FOLDER/sound.pcap, Knoten-ä, FOLDER/sound.pcap",
        "FOLDER/eth0.pcap12, eth0, FOLDER/eth0.pcap12",
        "FOLDER/noextension, noextension, FOLDER/noextension",
    })
    void pointAndFileAreToldApart(String argument, String point, String file) throws IOException {
        Files.createDirectories(folder.resolve("a=b"));
        for (String name : List.of("odd=name.pcap", "a=b/sound.pcap", "eth0.pcap12", "noextension")) {
            Files.write(folder.resolve(name), captures.cutBeforeThePacket());
        }

        Invocation answer = run("inspect -T json", argument.replace("FOLDER", folder.toString()));

        assertThat(answer.exit()).as(answer.err()).isEqualTo(FINE);
        assertThat(answer.json().at("/captures/0/point").asText()).isEqualTo(point);
        assertThat(answer.json().at("/captures/0/file").asText()).isEqualTo(file.replace("FOLDER", folder.toString()));
    }

    @Test
    void filesOfOneNameAreToldApartByTheirFolders() throws IOException {
        List<String> files = new ArrayList<>();
        for (String node : List.of("manager", "worker")) {
            Path file = Files.createDirectories(folder.resolve(node)).resolve("underlay.pcap");
            Files.write(file, captures.cutBeforeThePacket());
            files.add(file.toString());
        }

        JsonNode report = run("inspect -T json", files.get(0), files.get(1)).json();

        assertThat(report.path("captures"))
                .extracting(capture -> capture.path("point").asText())
                .containsExactly("manager/underlay", "worker/underlay");
    }

    // ---- determinism

    static Stream<String> deterministic() {
        return Stream.concat(
                        READERS.lines(),
                        Stream.of("flows -T json", "ingress -T json --connections", "endpoints -T json"))
                .filter(command -> !command.startsWith("packets"));
    }

    @ParameterizedTest
    @MethodSource("deterministic")
    void twoRunsAreEqual(String command) {
        List<String> arguments = new ArrayList<>(words(command));
        arguments.addAll(SAMPLE.captureArguments());

        assertThat(Invocation.of(arguments)).isEqualTo(Invocation.of(arguments));
    }

    /** Only the list of captures is in the user's order. */
    @Test
    void theOrderOfFilesDoesNotMatter() {
        List<String> arguments = new ArrayList<>(List.of("analyze", "-T", "json", "--top", "all"));
        List<String> files = new ArrayList<>(SAMPLE.captureArguments());
        arguments.addAll(files);
        ObjectNode forward = (ObjectNode) Invocation.of(arguments).json();
        arguments.removeAll(files);
        Collections.reverse(files);
        arguments.addAll(files);
        ObjectNode backward = (ObjectNode) Invocation.of(arguments).json();

        assertThat(backward.path("captures")).isNotEqualTo(forward.path("captures"));
        forward.remove("captures");
        backward.remove("captures");
        assertThat(backward).isEqualTo(forward);
    }

    private static Stream<JsonNode> each(JsonNode object, String member) {
        return StreamSupport.stream(object.path(member).spliterator(), false);
    }

    private static <K extends Comparable<? super K>> void assertSorted(
            JsonNode object, String member, Function<JsonNode, K> key) {
        assertThat(each(object, member).map(key)).isNotEmpty().isSorted();
    }

    /** An IPv4 address as a number. */
    private static long address(JsonNode text) {
        long bits = 0;
        for (String octet : text.asText().split("\\.", -1)) {
            bits = bits << Byte.SIZE | Integer.parseInt(octet);
        }
        return bits;
    }

    @Test
    void arraysAreSortedByTheirKeys() {
        List<String> arguments = new ArrayList<>(List.of("analyze", "-T", "json", "--top", "all", "--inventory"));
        arguments.add(SAMPLE.inventory().toString());
        arguments.addAll(SAMPLE.captureArguments());
        JsonNode report = Invocation.of(arguments).json();

        assertSorted(report, "networks", network -> network.path("vni").asInt());
        assertSorted(report, "vteps", vtep -> address(vtep.path("address")));
        assertThat(each(report, "endpoints").toList())
                .isSortedAccordingTo(Comparator.<JsonNode>comparingInt(
                                endpoint -> endpoint.path("vni").asInt())
                        .thenComparing(endpoint -> address(endpoint.path("ip"))));
        assertThat(each(report, "flows").toList())
                .isSortedAccordingTo(Comparator.<JsonNode>comparingInt(
                                flow -> flow.path("vni").asInt(-1))
                        .thenComparing(flow -> flow.path("protocol").asText()));
        assertSorted(report, "ingress", service -> service.path("service").asText());
        assertSorted(
                report,
                "vips",
                service -> service.path("vni").asText()
                        + ' '
                        + service.path("service").asText());
        assertThat(report.path("ingress")).allSatisfy(service -> {
            assertSorted(service, "entries", entry -> address(entry.path("address")));
            assertSorted(
                    service,
                    "connections",
                    connection -> connection.path("start").asText());
            assertThat(service.path("entries"))
                    .allSatisfy(entry -> assertSorted(entry, "backends", backend -> address(backend.path("ip"))));
        });
    }

    // ---- limits

    @Test
    void topBoundsListsAndNotTotals() {
        List<String> arguments = new ArrayList<>(List.of("analyze", "-T", "json", "--top", "7"));
        arguments.addAll(SAMPLE.captureArguments());
        JsonNode report = Invocation.of(arguments).json();
        arguments.set(4, "all");
        JsonNode whole = Invocation.of(arguments).json();

        assertThat(report.path("flows")).hasSize(7);
        assertThat(report.path("flowsTotal")).isEqualTo(whole.path("flowsTotal"));
        assertThat(whole.path("flows")).hasSize(whole.path("flowsTotal").asInt());
        for (int service = 0; service < 3; service++) {
            assertThat(report.path("ingress").path(service).path("connections")).hasSize(7);
            assertThat(report.path("ingress").path(service).path("connectionsTotal"))
                    .isEqualTo(whole.path("ingress").path(service).path("connectionsTotal"));
        }
    }

    /** Of all flows, those with the most bytes. */
    @Test
    void topKeepsTheLargestFlows() {
        JsonNode whole =
                run("flows -T json --top all", captures.file("sound.pcap")).json();
        JsonNode top =
                run("flows -T json --top 20", captures.file("sound.pcap")).json();
        Function<JsonNode, Long> bytes = flow ->
                flow.at("/bytes/forward").asLong() + flow.at("/bytes/reverse").asLong();

        List<Long> largest = each(whole, "flows")
                .map(bytes)
                .sorted(Comparator.reverseOrder())
                .limit(20)
                .toList();

        assertThat(each(top, "flows").map(bytes)).containsExactlyInAnyOrderElementsOf(largest);
    }

    @Test
    void countStopsAfterSoManyPackets() {
        assertThat(run("packets -c 3", captures.file("sound.pcap")).out().lines())
                .hasSize(3);
        assertThat(run("packets -c 3", captures.file("sound.pcap"), captures.file("cut.pcap"))
                        .out()
                        .lines())
                .hasSize(3);
        assertThat(run("packets -c 0", captures.file("sound.pcap"))).isEqualTo(new Invocation(FINE, "", ""));
    }

    // ---- columns

    /** Packet 3 of the sample's first VXLAN packets; the addresses are in README.md. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 192.168.56.101,10.0.0.7 -> 192.168.56.104,10.0.0.10 -> 4096",
                "-E occurrence=a | 192.168.56.101,10.0.0.7 -> 192.168.56.104,10.0.0.10 -> 4096",
                "-E occurrence=f | 192.168.56.101 -> 192.168.56.104 -> 4096",
                "-E occurrence=l | 10.0.0.7 -> 10.0.0.10 -> 4096",
                "-E aggregator=; | 192.168.56.101;10.0.0.7 -> 192.168.56.104;10.0.0.10 -> 4096",
                "-E aggregator=/s | 192.168.56.101 10.0.0.7 -> 192.168.56.104 10.0.0.10 -> 4096",
                "-E header=y -E occurrence=l | ip.src -> ip.dst -> vxlan.vni",
            })
    void columnsAreWrittenAsTheUserWants(String options, String expected) {
        String command = "packets -T fields -e ip.src -e ip.dst -e vxlan.vni -E separator=> " + options;

        Invocation answer = run(
                command.strip(), SAMPLE.underlayCaptures().get("swarm-manager").toString());

        assertThat(answer.exit()).as(answer.err()).isEqualTo(FINE);
        assertThat(answer.out().lines()).contains(expected.replace(" -> ", ">"));
    }

    @Test
    void dataIsUtf8AndLinesEndWithALineFeed() {
        Invocation answer = run("packets -c 2", captures.file("sound.pcap"));

        assertThat(answer.out()).contains("→").doesNotContain("\r").endsWith("\n");
        assertThat(answer.out().getBytes(StandardCharsets.UTF_8)).contains(0xe2, 0x86, 0x92);
    }
}
