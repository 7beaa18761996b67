package dev.swarmlens.samples.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.swarmlens.samples.scenario.Scenario.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a scenario says, what it leaves out, and what is wrong with it. */
class ScenarioReaderTest {
    private static final Path SCENARIOS =
            Path.of(System.getProperty("swarmlens.root")).resolve("samples/scenarios");
    private static final YAMLMapper YAML = new YAMLMapper();

    private static JsonSchema schema() throws IOException {
        try (InputStream stream = ScenarioReader.class.getResourceAsStream("scenario-1.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(stream);
        }
    }

    private static boolean isValid(String yaml) throws IOException {
        JsonNode tree = YAML.readTree(yaml);
        return schema().validate(tree).isEmpty();
    }

    static List<Path> gallery() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("gallery")
    void theGalleryIsReadAndFitsTheSchema(Path file) throws Exception {
        assertThat(schema().validate(YAML.readTree(file.toFile()))).isEmpty();
        assertThat(ScenarioReader.read(file).services()).isNotEmpty();
    }

    @Test
    void fiveLinesAreEnough() throws Exception {
        Scenario scenario = ScenarioReader.read(
                "dir/five.yaml", "services:\n  - name: web\n    replicas: 3\n    publish: 8000:80\n");
        assertThat(scenario.name()).isEqualTo("five");
        assertThat(scenario.nodes())
                .extracting(Scenario.NodePlan::name)
                .containsExactly("manager", "worker1", "worker2");
        assertThat(scenario.clients()).hasSize(1);
        assertThat(scenario.traffic()).hasSize(1).allMatch(plan -> plan.kind() == Kind.HTTP);
        assertThat(scenario.traffic().get(0).port()).hasValue(8000);
    }

    /** The line, the key, what was expected, what was found; where the schema can tell, it says no, too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "seed: 1|s.yaml:1: services: expected a list, each of name, replicas, publish, …, is missing|false",
                "services: 3|s.yaml:1: services: expected a list, each of name, replicas, nodes, networks, publish,"
                        + " endpoint, found '3'|false",
                "nodes: many~services: []|s.yaml:1: nodes: expected a number from 0 to 200, found 'many'|false",
                "services:~  - name: web~    replicas: three~    publish: 80|s.yaml:3: services[0].replicas: expected a"
                        + " number from 1 to 200, found 'three'|false",
                "services:~  - name: web~    publish: [80, 99999]|s.yaml:3: services[0].publish: expected a port such as"
                        + " 80, 8000:80, 53:53/udp or '8080:80 host', each published once, found '99999'|false",
                "services:~  - name: web~    pubish: 80|s.yaml:2: services[0].publish: expected a port, or else a network"
                        + " that the service is attached to, is missing|false",
                "services:~  - {name: web, publish: 80}~clietns: 2|s.yaml:3: clietns: expected one of name, seed, start,"
                        + " mtu, dataPathPort, gossip, management, nodes, networks, services, clients, traffic, faults, capture, found"
                        + " the unknown key 'clietns'|false",
                "services:~  - {name: web, publish: 80}~traffic:~  - {kind: http, to: wbe}|s.yaml:4: traffic[0].to:"
                        + " expected a service or a task: one of web, web.1, found 'wbe'|true",
                "services:~  - {name: web, publish: 80}~traffic:~  - {kind: http, to: web, every: 5}|s.yaml:4:"
                        + " traffic[0].every: expected a duration such as 20us, 100ms, 5s or 2m, found '5'|false",
                "services:~  - {name: web, publish: 80}~faults:~  - {id: SW-99}|s.yaml:4: faults[0].id: expected one of"
                        + " SW-01, SW-03, SW-04, SW-05, SW-06, SW-07, SW-08, SW-09, SW-10, SW-13, SW-14a, SW-14b, SW-14c,"
                        + " SW-14d, SW-15, SW-16, SW-17, SW-18, SW-19, SW-20, SW-21, SW-22, SW-23, SW-24, SW-25, SW-26, migration, node-failure, impairment, found 'SW-99'|false",
                "services:~  - {name: web, publish: 80}~faults:~  - {id: SW-01, from: manager}|s.yaml:4: faults[0].to:"
                        + " expected the other node, is missing|true",
                "services:~  - {name: web, publish: 80}~services: []|s.yaml:3: services: given twice|true",
            })
    void whatIsWrongIsSaidInOneSentence(String yaml, String message, boolean fitsTheSchema) throws Exception {
        String text = yaml.replace("~", "\n") + "\n";
        assertThatThrownBy(() -> ScenarioReader.read("s.yaml", text))
                .isInstanceOf(ScenarioException.class)
                .hasMessage(message);
        assertThat(isValid(text)).isEqualTo(fitsTheSchema);
    }

    @Test
    void whatIsNoYamlIsSaidWithItsLine() {
        assertThatThrownBy(() -> ScenarioReader.read("s.yaml", "services:\n  - name: [web\n"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith("s.yaml:2: not YAML: ");
    }
}
