package dev.swarmlens.analyzer.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections to virtual addresses of services, against the kernels' counters and what replicas say they saw. */
class VirtualAddressTest {

    static List<RecordedSwarm> swarms() {
        return RecordedSwarm.all();
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void connectionsOverTheOverlayAreThoseIpvsCounted(RecordedSwarm swarm) {
        Map<Leg, Long> counted = new TreeMap<>(swarm.connectionsFromVirtualAddresses());
        assumeTrue(!counted.isEmpty(), "no counters of load balancers were read");
        counted.values().removeIf(count -> count == 0);

        assertThat(SwarmReport.of(swarm).connectionsByVirtualLeg()).isEqualTo(counted);
    }

    /** By the underlay alone: what the replica saw is on the wire, and who asked is not. */
    @ParameterizedTest
    @MethodSource("swarms")
    void everyAnsweredRequestIsSeenToReachTheReplicaThatAnswered(RecordedSwarm swarm) {
        List<JsonNode> connections = SwarmReport.of(swarm).virtualConnections();
        List<String> wrong = new ArrayList<>();

        for (VirtualAddressRequest request : swarm.requestsFromAfar()) {
            List<JsonNode> candidates = connections.stream()
                    .filter(connection ->
                            SwarmReport.socket(connection.path("loadBalancer")).equals(request.seenAs()))
                    .toList();
            if (candidates.size() != 1
                    || !candidates.get(0).at("/task/ip").asText().equals(request.task())) {
                wrong.add(request + " -> " + candidates);
            }
        }

        assertThat(wrong).isEmpty();
    }

    /** With a capture of the container or of the load balancer's sandbox, who asked what is known too. */
    @ParameterizedTest
    @CsvSource({
        "02-eastwest, swarm-worker2/container-tools-eth0.pcap, 20",
        "02-eastwest, swarm-worker2/myoverlay-ovns-br0.pcap, 20",
        "03-encrypted, swarm-manager/lb-secure-eth0.pcap, 12",
        "19-healthy-busy, swarm-worker2/container-tools-any.pcap, 9",
    })
    void everyRequestIsJoinedToItsReplicaWhereItsClientWasCaptured(String name, String inside, int requests) {
        RecordedSwarm swarm = RecordedSwarm.named(name);
        JsonNode report = SwarmReport.analyze(swarm, List.of(argument(name, inside)));
        Map<String, JsonNode> byClient = new TreeMap<>();
        virtual(report).forEach(connection -> {
            if (!connection.path("client").isNull()) {
                byClient.put(SwarmReport.socket(connection.path("client")), connection);
            }
        });
        List<String> wrong = new ArrayList<>();
        int joined = 0;
        for (VirtualAddressRequest request : swarm.virtualAddressRequests()) {
            JsonNode connection = byClient.get(request.client());
            if (connection != null) {
                boolean toItsReplica = swarm.isLocal(request)
                        ? connection.path("task").isNull()
                                || connection.at("/task/ip").asText().equals(request.task())
                        : SwarmReport.socket(connection.path("loadBalancer")).equals(request.seenAs())
                                && connection.at("/task/ip").asText().equals(request.task())
                                && !connection.path("correlatedBy").isNull();
                boolean asItAsked =
                        SwarmReport.socket(connection.path("destination")).equals(request.asked());
                joined++;
                if (!toItsReplica || !asItAsked) {
                    wrong.add(request + " -> " + connection);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(joined).isEqualTo(requests);
    }

    private static String argument(String swarm, String file) {
        Path path = Path.of(file);
        return path.getParent() + "=" + RecordedSwarm.root().resolve(swarm).resolve(path);
    }

    private static Stream<JsonNode> virtual(JsonNode report) {
        return StreamSupport.stream(report.path("vips").spliterator(), false)
                .flatMap(service ->
                        StreamSupport.stream(service.path("connections").spliterator(), false));
    }
}
