package dev.swarmlens.analyzer.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** That the truth is read right: counts taken from the folders' READMEs, or by hand with tshark and a script. */
class RecordedSwarmTest {

    static List<RecordedSwarm> swarms() {
        return RecordedSwarm.all();
    }

    @ParameterizedTest
    @CsvSource({
        // addresses that any node's table knows, legs to remote backends, used legs, connections on them, requests
        "seed, 19, 33, 33, 244, 280",
        "00-bootstrap, 4, 0, 0, 0, 0",
        "01-seed, 19, 33, 33, 244, 280",
        "02-eastwest, 28, 33, 0, 0, 0",
        "03-encrypted, 38, 33, 12, 12, 12",
        "04-dataport7789, 16, 10, 10, 65, 65",
        "05-fault-oneway, 24, 24, 6, 36, 30",
        "06-fault-mtu, 24, 24, 0, 0, 0",
        "06b-fault-mtu-blackhole, 24, 24, 0, 0, 0",
        "11-dead-backend, 30, 21, 4, 26, 18",
        "12-stale-fdb, 30, 21, 0, 0, 0",
        "13-wrong-source, 32, 18, 2, 15, 15",
        "14-idle-timeout, 38, 15, 2, 8, 8",
        "15-cleartext-encrypted, 30, 21, 0, 0, 0",
        "16-duplicate-ip, 36, 15, 0, 0, 0",
        "18-one-wheel, 30, 21, 3, 43, 43",
        "19-healthy-busy, 40, 15, 15, 139, 148",
    })
    void holdsTheKnownCounts(String name, int locations, int legs, int usedLegs, long connections, int requests) {
        RecordedSwarm swarm = RecordedSwarm.named(name);

        Map<Leg, Long> counted = swarm.connectionsToRemoteBackends();

        assertThat(swarm.locations()).hasSize(locations);
        assertThat(counted).hasSize(legs);
        assertThat(counted.values().stream().filter(count -> count > 0)).hasSize(usedLegs);
        assertThat(counted.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(connections);
        assertThat(swarm.answeredFromAfar()).hasSize(requests);
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void everyNodeHasAnAddressAndAnUnderlayCapture(RecordedSwarm swarm) {
        assertThat(swarm.addressByNode())
                .containsOnlyKeys("swarm-manager", "swarm-worker1", "swarm-worker2", "swarm-worker3");
        assertThat(swarm.underlayCaptures()).hasSize(4);
    }

    /** The kernel's own neighbour tables pair addresses and MACs as we do. */
    @ParameterizedTest
    @MethodSource("swarms")
    void macsHoldTheAddress(RecordedSwarm swarm) {
        Map<String, String> neighbours = new HashMap<>();
        swarm.tables().forEach(tables -> neighbours.putAll(ForwardingTables.neighbours(tables)));

        assertThat(neighbours).isNotEmpty();
        neighbours.forEach(
                (mac, address) -> assertThat(ForwardingTables.ip(mac)).as(mac).isEqualTo(address));
    }

    /** All nodes agree where each address is, at the end of every scenario. */
    @ParameterizedTest
    @MethodSource("swarms")
    void theNodesTablesDoNotContradictEachOther(RecordedSwarm swarm) {
        List<String> contradictions = new ArrayList<>();
        Map<OverlayAddress, Location> all = swarm.locations();
        for (var tables : swarm.tables()) {
            ForwardingTables.read(tables).forEach((address, location) -> {
                if (!all.get(address).equals(location)) {
                    contradictions.add(address + ": " + location + " and " + all.get(address));
                }
            });
        }

        assertThat(contradictions).isEmpty();
    }

    @Test
    void networksOfTheSeed() {
        assertThat(RecordedSwarm.sample().networksByVni()).containsOnlyKeys(4096, 4097);
    }
}
