package dev.swarmlens.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.analyzer.swarm.RecordedSwarm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command prints is what the published schema says; and the schema lets nothing else pass. */
class ReportSchemaTest {

    private static final String SCHEMA = "report-1.schema.json";
    private static final RecordedSwarm SAMPLE = RecordedSwarm.sample();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private static JsonNode schemaText;
    private static JsonSchema schema;
    /** A report that has everything once at least, but findings and what {@code inspect} tells. */
    private static JsonNode full;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream stream = Report.class.getResourceAsStream(SCHEMA)) {
            schemaText = new ObjectMapper().readTree(stream);
        }
        schema = FACTORY.getSchema(schemaText);
        full = json(command("analyze --top 40", true, SAMPLE.captureArguments()));
    }

    private static List<String> command(String command, boolean withInventory, List<String> captures) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of("-T", "json"));
        if (withInventory) {
            arguments.addAll(List.of("--inventory", SAMPLE.inventory().toString()));
        }
        arguments.addAll(captures);
        return arguments;
    }

    private static JsonNode json(List<String> arguments) {
        Invocation answer = Invocation.of(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.json();
    }

    private static void assertValid(JsonNode document) {
        assertThat(problems(document)).isEmpty();
    }

    private static Set<String> problems(JsonNode document) {
        return schema.validate(document).stream()
                .map(ValidationMessage::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theSchemaIsOne() {
        JsonSchema metaSchema = FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012));

        assertThat(metaSchema.validate(schemaText)).isEmpty();
        assertThat(schemaText.at("/properties/schemaVersion/const").asInt()).isEqualTo(Report.SCHEMA_VERSION);
    }

    @ParameterizedTest
    @CsvSource({
        "analyze, schemaVersion captures networks underlay vteps tunnels espTunnels nodes gossip endpoints containers flowsTotal flows ingress vips"
                + " pingsTotal pings egressTotal egress findings notes",
        "doctor, schemaVersion captures findings notes",
        "networks, schemaVersion networks underlay notes",
        "vteps, schemaVersion vteps tunnels espTunnels notes",
        "nodes, schemaVersion nodes gossip notes",
        "endpoints, schemaVersion networks underlay endpoints containers notes",
        "pings, schemaVersion pingsTotal pings notes",
        "egress, schemaVersion egressTotal egress notes",
        "flows, schemaVersion flowsTotal flows notes",
        "flows --path, schemaVersion flowsTotal flows pathsTotal paths notes",
        "ingress --connections, schemaVersion ingress vips notes",
    })
    void everyCommandPrintsItsOwnSections(String command, String members) {
        for (boolean withInventory : new boolean[] {true, false}) {
            JsonNode report = json(command(command, withInventory, SAMPLE.captureArguments()));

            assertValid(report);
            assertThat(report.fieldNames()).toIterable().containsExactly(members.split(" "));
        }
    }

    static Stream<Path> sampleCaptures() {
        return SAMPLE.underlayCaptures().values().stream();
    }

    @ParameterizedTest
    @MethodSource("sampleCaptures")
    void oneCaptureAlone(Path capture) {
        assertValid(json(command("analyze", false, List.of(capture.toString()))));
        assertValid(json(command("analyze", true, List.of(capture.toString()))));
    }

    @Test
    void inspectPrintsCapturesAndMoreOfThem() {
        JsonNode report = json(command("inspect", false, SAMPLE.captureArguments()));

        assertValid(report);
        assertThat(report.fieldNames()).toIterable().containsExactly("schemaVersion", "captures");
        assertThat(report.path("captures"))
                .allSatisfy(capture -> assertThat(capture.fieldNames())
                        .toIterable()
                        .contains("capturedBytes", "packetsCut", "packetsOutOfOrder", "interfaces", "blocks"));
    }

    @Test
    void inspectListsBlocks() {
        JsonNode report = json(command("inspect --blocks", false, SAMPLE.captureArguments()));

        assertValid(report);
        assertThat(report.at("/captures/0/blockList/1/type").asText()).isEqualTo("packet record");
        assertThat(report.at("/captures/0/blockList"))
                .hasSize(1 + report.at("/captures/0/packets").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyze", "inspect"})
    void aCaptureWithoutPackets(String command, @TempDir Path folder) throws IOException {
        Path capture = folder.resolve("empty.pcap");
        byte[] sample = Files.readAllBytes(SAMPLE.underlayCaptures().get("swarm-worker1"));
        Files.write(capture, Arrays.copyOf(sample, 24));

        JsonNode report = json(command(command, false, List.of(capture.toString())));

        assertValid(report);
        assertThat(report.at("/captures/0/packets").asInt()).isZero();
        assertThat(report.at("/captures/0/first").isNull()).isTrue();
    }

    static List<RecordedSwarm> swarms() {
        return RecordedSwarm.all();
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void everyRecordedSwarm(RecordedSwarm swarm) {
        List<String> withInventory = new ArrayList<>(List.of("analyze", "-T", "json", "--top", "all", "--inventory"));
        withInventory.add(swarm.inventory().toString());
        withInventory.addAll(swarm.captureArguments());

        assertValid(json(withInventory));
        assertValid(json(command("analyze", false, swarm.captureArguments())));
        assertValid(json(command("inspect", false, swarm.captureArguments())));
    }

    static Stream<Named<JsonNode>> documents() {
        return Stream.of(
                Named.of("analyze", full),
                Named.of("inspect", json(command("inspect", false, SAMPLE.captureArguments()))));
    }

    /** No member may be missing, but whole sections. */
    @ParameterizedTest
    @MethodSource("documents")
    void aReportWithoutAMemberFails(JsonNode document) {
        List<String> wrong = new ArrayList<>();
        Mutations.withoutOneMember(document, (path, mutation) -> {
            boolean section = path.indexOf('/', 1) < 0
                    && !path.equals("/schemaVersion")
                    && !path.startsWith("/flows")
                    && !path.startsWith("/pings")
                    && !path.startsWith("/egress");
            if (isValid(mutation) != section) {
                wrong.add(path);
            }
        });

        assertThat(wrong).isEmpty();
    }

    /** Only the names of block types are not ours to list. */
    @ParameterizedTest
    @MethodSource("documents")
    void aReportWithAnotherMemberFails(JsonNode document) {
        assertThat(Mutations.thatPass(document, Mutations::withAnotherMember, ReportSchemaTest::isValid))
                .filteredOn(place -> !place.startsWith("/captures/0/blocks"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aReportWithAValueOfAnotherTypeFails(JsonNode document) {
        assertThat(Mutations.thatPass(document, Mutations::withAnotherType, ReportSchemaTest::isValid))
                .isEmpty();
    }

    /** Only seconds to add may be fewer than none, and what two clocks differ by. */
    @ParameterizedTest
    @MethodSource("documents")
    void aReportWithAnImpossibleNumberFails(JsonNode document) {
        assertThat(Mutations.thatPass(document, Mutations::withImpossibleNumber, ReportSchemaTest::isValid))
                .filteredOn(place -> !place.startsWith("/captures/0/interfaces/0/timeOffset")
                        && !place.matches("/tunnels/0/(transitMicros/|delayMicros/|clockOffsetMicros).*"))
                .isEmpty();
    }

    private static boolean isValid(JsonNode document) {
        return schema.validate(document).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "/schemaVersion | 2",
                "/captures/0/first | \"2026-11-22T11:30:46.260Z\"",
                "/captures/0/first | \"2026-11-22T11:30:46.260713000+01:00\"",
                "/captures/0/first | \"2026-13-22T11:30:46.260713000Z\"",
                "/captures/0/format | \"gzip\"",
                "/captures/0/problems | {\"tcp\": 1}",
                "/captures/0/problems | {\"tcp.too_short\": 0}",
                "/captures/0/capturedBytes | 1",
                "/networks/0/vni | 16777216",
                "/networks/0/name | null",
                "/networks/0/nameSource | \"docker\"",
                "/networks/0/nameSource | \"assumed\"",
                "/networks/0/subnets/0 | \"10.0.0.0\"",
                "/networks/0/subnets/0 | \"10.0.0.0/33\"",
                "/networks/0/assumedSubnets | [\"10.0.0.0/24\"]",
                "/networks/0/vteps | [\"10.0.0.1\", \"10.0.0.1\"]",
                "/vteps/0/address | \"192.168.56.256\"",
                "/vteps/0/address | \"192.168.56\"",
                "/vteps/0/address | \"fe80::1::2\"",
                "/vteps/0/macs/0 | \"52:54:00:A8:38:01\"",
                "/vteps/0/macs/0 | \"52-54-00-a8-38-01\"",
                "/endpoints/0/kind | \"gateway\"",
                "/endpoints/0/kind | \"unknown\"",
                "/endpoints/0/kindSource | \"unknown\"",
                "/endpoints/0/claims | []",
                "/endpoints/0/claims/0/packets | 0",
                "/flows/0/scope | \"overlay\"",
                "/flows/0/vni | 4096",
                "/flows/0/protocol | \"TCP\"",
                "/flows/0/protocol | \"udp\"",
                "/flows/0/initiator/port | null",
                "/flows/0/initiator/port | 65536",
                "/flows/0/points | []",
                "/flows/0/tcp | null",
                "/flows/0/tcp/state | \"open\"",
                "/flows/0/tcp/connections | 0",
                "/ingress/0/protocol | \"icmp\"",
                "/ingress/0/publishedPorts | []",
                "/ingress/0/entries/0/captured | false",
                "/ingress/0/entries/0/roundRobin/backends | 0",
                "/ingress/0/entries/0/fairness/jain | 1.01",
                "/ingress/0/entries/0/fairness/chiSquareP | 2",
                "/ingress/0/entries/0/backends/0/share | 25",
                "/ingress/0/connections/0/correlatedBy | \"luck\"",
                "/ingress/0/connections/0/correlatedBy | null",
                "/ingress/0/connections/0/client | null",
                "/ingress/0/connections/0/task | null",
                "/notes/0 | \"\"",
            })
    void aReportWithAWrongValueFails(String pointer, String value) throws IOException {
        JsonNode wrong = Mutations.with(full, pointer, value);

        assertThat(isValid(wrong)).isFalse();
    }

    /** Findings are a section of the contract like others. */
    @Test
    void aFindingPasses() throws IOException {
        String finding = """
                [{"id": "SW-04", "title": "One-way block", "severity": "error", "confidence": "likely",
                  "subject": {"network": "4096", "from": "192.168.56.101"},
                  "evidence": [{"point": "swarm-manager", "file": "a.pcap", "frame": 17, "time": null, "note": "sent, never received"}],
                  "explanation": "…", "fix": "…", "wouldProve": null}]
                """;

        assertThat(problems(Mutations.with(full, "/findings", finding))).isEmpty();
        assertThat(isValid(Mutations.with(full, "/findings", finding.replace("SW-04", "4"))))
                .isFalse();
        assertThat(isValid(Mutations.with(full, "/findings", finding.replace("\"error\"", "\"fatal\""))))
                .isFalse();
        assertThat(isValid(Mutations.with(full, "/findings", finding.replace("17", "0"))))
                .isFalse();
    }

    /** Who reads the schema learns what each member means. */
    @Test
    void everyMemberIsDescribed() {
        Set<String> silent = new HashSet<>();
        collectSilent("", schemaText, silent);

        assertThat(silent).isEmpty();
    }

    private static void collectSilent(String path, JsonNode node, Set<String> silent) {
        node.properties().forEach(member -> {
            boolean condition = Set.of("if", "then", "else", "allOf").contains(member.getKey());
            if (member.getKey().equals("properties")) {
                member.getValue().properties().forEach(property -> {
                    if (!isDescribed(property.getValue())) {
                        silent.add(path + '/' + property.getKey());
                    }
                });
            }
            if (!condition) {
                collectSilent(path + '/' + member.getKey(), member.getValue(), silent);
            }
        });
    }

    private static boolean isDescribed(JsonNode property) {
        String reference = property.path("$ref").asText();
        return property.has("description")
                || !reference.isEmpty() && schemaText.at(reference.substring(1)).has("description");
    }
}
