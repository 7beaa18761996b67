package dev.swarmlens.analyzer.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On what captures were taken, by their packets alone, against what captures.txt and the files' names say. */
class CaptureKindsTest {
    private static final String UNKNOWN = "unknown";
    private static final String OVERLAY = "overlay";

    static List<RecordedSwarm> swarms() {
        return RecordedSwarm.all().stream()
                .filter(swarm -> Files.isDirectory(folder(swarm)))
                .toList();
    }

    private static Path folder(RecordedSwarm swarm) {
        return RecordedSwarm.root().resolve(swarm.name());
    }

    /** All captures of a folder, as arguments of the command. */
    private static List<String> captures(RecordedSwarm swarm) throws IOException {
        try (Stream<Path> files = Files.walk(folder(swarm))) {
            return files.filter(file -> file.toString().matches(".*\\.pcap(ng)?"))
                    .sorted()
                    .map(file -> file.getParent().getFileName() + "=" + file)
                    .toList();
        }
    }

    private static Map<String, List<String>> kinds(List<String> captures) {
        List<String> arguments = new ArrayList<>(List.of("analyze", "-T", "json", "--top", "1"));
        arguments.addAll(captures);
        Invocation answer = Invocation.of(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        Map<String, List<String>> kinds = new TreeMap<>();
        for (JsonNode capture : answer.json().path("captures")) {
            List<String> ofFile = new ArrayList<>();
            capture.path("kinds").forEach(kind -> ofFile.add(kind.asText()));
            kinds.put(capture.path("file").asText(), ofFile);
        }
        return kinds;
    }

    /** What a capture of this name may be called; the less exact words last. */
    private static List<String> allowed(String name) {
        Map<String, List<String>> byName = Map.of(
                "underlay.*|wire-4taps.*", List.of("underlay"),
                "any-sll.*", List.of("any"),
                "docker_gwbridge.*|ingress_sbox-eth1.*|container-hostname-eth1.*", List.of("dockerGwbridge", UNKNOWN),
                "ingress_sbox-eth0.*|lb[-_].*", List.of("loadBalancer", OVERLAY),
                "(container-(?!hostname-eth1)|impostor-).*", List.of("container", OVERLAY, UNKNOWN),
                ".*-br0.*", List.of("overlayBridge", OVERLAY),
                ".*-vxlan0?\\.pcap", List.of("vxlan", OVERLAY),
                "client-.*", List.of("outside", UNKNOWN));
        return byName.entrySet().stream()
                .filter(entry -> name.matches(entry.getKey()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name))
                .getValue();
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void eachCaptureIsTakenForWhatItIs(RecordedSwarm swarm) throws IOException {
        kinds(captures(swarm))
                .forEach((file, kinds) -> assertThat(
                                allowed(Path.of(file).getFileName().toString()))
                        .as("%s: %s", file, kinds)
                        .containsAll(kinds));
    }

    /** What one capture tells by itself is what all together tell, or less exact. */
    @ParameterizedTest
    @MethodSource("swarms")
    void oneCaptureAloneIsTakenForTheSame(RecordedSwarm swarm) throws IOException {
        List<String> captures = captures(swarm);
        Map<String, List<String>> together = kinds(captures);
        for (String capture : captures) {
            kinds(List.of(capture)).forEach((file, alone) -> {
                if (!alone.equals(together.get(file))) {
                    assertThat(Set.of(List.of(UNKNOWN), List.of(OVERLAY)))
                            .as("%s: %s, together %s", file, alone, together.get(file))
                            .contains(alone);
                }
            });
        }
    }

    /** The seed has captures of every kind, and enough packets in each to tell. */
    @Test
    void theSeedsCapturesAreToldExactly() throws IOException {
        RecordedSwarm swarm = RecordedSwarm.named("01-seed");
        Map<String, String> exact = new TreeMap<>();

        kinds(captures(swarm)).forEach((file, kinds) -> {
            Path path = Path.of(file);
            exact.put(path.getParent().getFileName() + "/" + path.getFileName(), String.join(" ", kinds));
        });

        assertThat(exact)
                .containsEntry("client/client-br-under.pcap", "outside")
                .containsEntry("swarm-manager/any-sll2.pcap", "any")
                .containsEntry("swarm-manager/container-hostname-eth0.pcap", "container")
                .containsEntry("swarm-manager/docker_gwbridge.pcap", "dockerGwbridge")
                .containsEntry("swarm-manager/ingress-ovns-br0.pcap", "overlayBridge")
                .containsEntry("swarm-manager/ingress-ovns-vxlan0.pcap", "vxlan")
                .containsEntry("swarm-manager/ingress_sbox-eth0.pcap", "loadBalancer")
                .containsEntry("swarm-manager/underlay.pcap", "underlay")
                .containsEntry("swarm-worker1/container-overlay_service-any.pcap", "container")
                .containsEntry("swarm-worker1/container-overlay_service-eth0.pcap", "container")
                .containsEntry("swarm-worker1/lb_nth8gp3bd-eth0.pcap", "loadBalancer")
                .containsEntry("swarm-worker1/myoverlay-ovns-br0.pcap", "overlayBridge")
                .containsEntry("swarm-worker3/any-sll.pcap", "any");
    }
}
