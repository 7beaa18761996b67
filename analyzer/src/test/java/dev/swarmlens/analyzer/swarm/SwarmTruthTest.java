package dev.swarmlens.analyzer.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.swarm.SwarmReport.ReportedConnection;
import dev.swarmlens.analyzer.swarm.SwarmReport.ReportedEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The report on every recorded swarm, against that swarm's own tables. */
class SwarmTruthTest {

    /** The clocks of client and nodes agree within 30 µs; this is for a busy virtual machine. */
    private static final Duration SLACK = Duration.ofMillis(50);

    static List<RecordedSwarm> swarms() {
        return RecordedSwarm.all();
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void networksAreThoseDockerInspects(RecordedSwarm swarm) {
        Map<Integer, JsonNode> inspected = swarm.networksByVni();

        assertThat(SwarmReport.of(swarm).networks()).allSatisfy(network -> {
            JsonNode truth = inspected.get(network.path("vni").asInt());
            assertThat(truth).as("docker knows %s", network).isNotNull();
            assertThat(network.path("name").asText())
                    .isEqualTo(truth.path("Name").asText());
            assertThat(network.path("nameSource").asText()).isEqualTo("inventory");
            assertThat(network.path("subnets"))
                    .extracting(JsonNode::asText)
                    .containsExactlyElementsOf(truth.at("/IPAM/Config").findValuesAsText("Subnet"));
        });
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void endpointsAreWhereTheForwardingTablesSay(RecordedSwarm swarm) {
        Map<OverlayAddress, Location> locations = swarm.locations();

        assertThat(SwarmReport.of(swarm).endpoints()).allSatisfy(endpoint -> {
            Location truth = locations.get(endpoint.address());
            assertThat(truth).as("a table knows %s", endpoint).isNotNull();
            assertThat(endpoint.location()).as("%s", endpoint.address()).isEqualTo(truth);
            Set<String> sentFrom = new HashSet<>(KnownDeviations.alsoSentFrom(swarm.name(), endpoint.address()));
            sentFrom.add(truth.vtep());
            assertThat(endpoint.sentFrom()).as("%s", endpoint.address()).isEqualTo(sentFrom);
        });
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void endpointsAreAllThatSent(RecordedSwarm swarm) throws IOException {
        assumeTrue(Tshark.installed(), "tshark, the second opinion, is not installed");

        Set<String> reported = new TreeSet<>();
        for (ReportedEndpoint endpoint : SwarmReport.of(swarm).endpoints()) {
            reported.add(endpoint.address().vni() + " " + endpoint.address().ip());
        }

        assertThat(reported)
                .isEqualTo(Tshark.innerSources(swarm.underlayCaptures().values()));
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void connectionsOverTheOverlayAreThoseIpvsCounted(RecordedSwarm swarm) {
        Map<Leg, Long> counted = new TreeMap<>(KnownDeviations.countedByNobody(swarm.name()));
        counted.putAll(swarm.connectionsToRemoteBackends());
        counted.values().removeIf(count -> count == 0);
        Map<Leg, Long> reported = new TreeMap<>(SwarmReport.of(swarm).connectionsByLeg());
        Map<OverlayAddress, Location> locations = swarm.locations();
        int ingress = swarm.ingressVni();
        // What stays on its node is never on the underlay, so the report may only infer it.
        reported.keySet()
                .removeIf(leg -> locations
                        .get(new OverlayAddress(ingress, leg.backend()))
                        .vtep()
                        .equals(leg.entry()));
        reported.values().removeIf(count -> count == 0);

        assertThat(reported).isEqualTo(counted);
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void everyAnsweredRequestIsJoinedToTheTaskThatAnswered(RecordedSwarm swarm) {
        Map<String, List<ReportedConnection>> connections =
                SwarmReport.of(swarm).connectionsByClient();
        Map<String, Instant> opened = new HashMap<>();
        List<String> wrong = new ArrayList<>();

        for (ClientRequest.Answered answered : swarm.answeredFromAfar()) {
            ClientRequest request = answered.request();
            String client = request.client() + ':' + request.clientPort();
            Instant first = opened.computeIfAbsent(
                    client + ' ' + request.entry() + ':' + request.port(), connection -> request.time());
            List<ReportedConnection> candidates = connections.getOrDefault(client, List.of()).stream()
                    .filter(connection -> entersAt(connection, request) && connection.taskPort() == request.port())
                    .toList();
            boolean right = candidates.size() == 1
                    && candidates.get(0).task().equals(answered.task())
                    && !candidates.get(0).start().isBefore(first.minus(SLACK))
                    && !candidates
                            .get(0)
                            .start()
                            .isAfter(first.plus(request.took()).plus(SLACK));
            if (!right) {
                wrong.add(answered + " -> " + candidates);
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static boolean entersAt(ReportedConnection connection, ClientRequest request) {
        return connection.entry().equals(request.node()) || connection.entry().equals(request.entry());
    }
}
