package dev.swarmlens.analyzer.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.samples.generate.CapturePerPoint;
import dev.swarmlens.samples.generate.Generator;
import dev.swarmlens.samples.generate.Limits;
import dev.swarmlens.samples.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The doctor on generated swarms, healthy and faulty by turns: whatever is broken is found, by its name, and nothing else. Many
 * more than a build's are tried with {@code -Dswarmlens.scenarios=500}, others with {@code -Dswarmlens.firstScenario=1000}; the table that is printed is that of docs/findings.md.
 */
class GeneratedFaultsTest {
    private static final int SCENARIOS = Integer.getInteger("swarmlens.scenarios", 104);
    private static final int FIRST = Integer.getInteger("swarmlens.firstScenario", 0);

    /** A fault as a scenario orders it, and what the doctor shall call it. */
    private enum Fault {
        NONE("") {
            @Override
            String yaml(Roles roles) {
                return "";
            }
        },
        ONE_WAY("SW-01") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-01, from: " + roles.one + ", to: " + roles.other + ", start: 3s}\n";
            }
        },
        BOTH_WAYS("SW-02") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-01, from: " + roles.one + ", to: " + roles.other + ", start: 3s}\n"
                        + "  - {id: SW-01, from: " + roles.other + ", to: " + roles.one + ", start: 3s}\n";
            }
        },
        OFFLOAD("SW-03") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-03, from: " + roles.one + ", start: 3s}\n";
            }
        },
        MTU("SW-04") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-04, from: " + roles.one + ", to: " + roles.other + ", size: "
                        + roles.random.nextInt(700, 1400) + ", start: 3s}\n";
            }
        },
        IDLE("SW-05") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-05, delay: " + roles.random.nextInt(15, 60) + "m}\n";
            }
        },
        STALE("SW-06") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-06, from: " + roles.one + ", to: " + roles.other + ", task: " + roles.task
                        + ", start: 3s}\n";
            }
        },
        SOURCE("SW-07") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-07, from: " + roles.one + ", to: " + roles.other + ", start: 3s}\n";
            }
        },
        DUPLICATE("SW-08") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-08, from: " + roles.one + ", task: " + roles.task + ", start: 3s}\n";
            }
        },
        DEAD("SW-09") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-09, task: " + roles.task + ", start: 3s}\n";
            }
        },
        UNEVEN("SW-10") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-10, task: " + roles.task + "}\n";
            }
        },
        NEIGHBOUR("SW-13") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-13, from: " + roles.one + ", task: " + roles.task.replace("web", "store")
                        + ", start: 2s}\n";
            }
        },
        ESP_BLOCKED("SW-14a") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-14a, from: " + roles.one + ", to: " + roles.other + ", start: 2s}\n";
            }
        },
        ESP_TRANSLATED("SW-14b") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-14b, from: " + roles.one + ", to: " + roles.other + ", start: 2s}\n";
            }
        },
        OLD_KEY("SW-14c") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-14c, from: " + roles.one + ", start: 2s}\n";
            }
        },
        CLEARTEXT("SW-14d") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-14d, from: " + roles.one + ", start: 2s}\n";
            }
        },
        GOSSIP("SW-17") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-17, from: " + roles.one + ", to: " + roles.other + ", start: 3s}\n";
            }
        },
        APART("SW-26") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-26, from: " + roles.worker + "}\n";
            }
        },
        DOWN("SW-27") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: node-failure, from: " + roles.one + ", start: 3s}\n";
            }
        },
        REFUSING("SW-09") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-09, task: " + roles.task + ", refuse: true, start: 3s}\n";
            }
        },
        OVERLAP("SW-12") {
            @Override
            String yaml(Roles roles) {
                return "";
            }
        },
        ADVERTISED("SW-15") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-15, from: " + roles.one + "}\n";
            }
        },
        VNI("SW-16") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-16, from: " + roles.one + "}\n";
            }
        },
        STATE("SW-18") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-18, start: 3s}\n";
            }
        },
        REUSE("SW-19") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-19, start: 1s}\n";
            }
        },
        STUCK("SW-20") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-20, task: " + roles.task + ", start: 5s}\n";
            }
        },
        MULTICAST("SW-21") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-21, task: " + roles.task.replace("web", "store") + "}\n";
            }
        },
        IPV6("SW-23") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-23, from: " + roles.one + ", start: 1s}\n";
            }
        },
        STRANGER("SW-22") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-22, to: " + roles.one + ", start: 3s}\n";
            }
        },
        RESERVED("SW-24") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-24, from: " + roles.one + ", to: " + roles.other + ", start: 3s}\n";
            }
        },
        NAMES("SW-25") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-25, from: " + roles.one + ", task: asker.1, start: 3s, delay: 10s}\n";
            }
        },
        NAMES_AGAIN("") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: SW-25, from: " + roles.one + ", task: asker.1, start: 3s, delay: 10s, end: "
                        + roles.random.nextInt(14, 18) + "s}\n";
            }
        },
        MIGRATION("") {
            @Override
            String yaml(Roles roles) {
                return "  - {id: migration, task: " + roles.task + ", to: " + roles.one + ", start: 4s}\n";
            }
        };

        private final String finding;

        Fault(String finding) {
            this.finding = finding;
        }

        abstract String yaml(Roles roles);
    }

    /** Who has to do with a fault: two nodes, and a task that runs on neither. */
    private static final class Roles {
        private static final List<String> NODES = List.of("manager", "worker1", "worker2", "worker3", "worker4");
        private final SplittableRandom random;
        private final int nodes;
        private final String one;
        private final String other;
        private final String task;
        private final String worker;

        Roles(SplittableRandom random) {
            this.random = random;
            nodes = random.nextInt(3, 6);
            int first = random.nextInt(nodes);
            int second = (first + 1 + random.nextInt(nodes - 1)) % nodes;
            int third = Stream.iterate(random.nextInt(nodes), node -> (node + 1) % nodes)
                    .filter(node -> node != first && node != second)
                    .findFirst()
                    .orElseThrow();
            one = NODES.get(first);
            other = NODES.get(second);
            worker = NODES.get(Math.max(1, first));
            // tasks are spread over the nodes in order
            task = "web." + (third + 1);
        }
    }

    @TempDir
    private Path folder;

    private static String scenario(Fault fault, SplittableRandom random) {
        Roles roles = new Roles(random);
        // what is wrong inside of ESP cannot be seen
        boolean inClear = EnumSet.of(Fault.VNI, Fault.OVERLAP, Fault.BOTH_WAYS, Fault.ADVERTISED, Fault.NEIGHBOUR)
                .contains(fault);
        boolean encrypted = fault.finding.startsWith("SW-14") || !inClear && random.nextInt(5) == 0;
        String subnet = fault == Fault.OVERLAP ? ", subnet: 192.168.56.0/24" : "";
        // healthy twins have datagrams and a long watch now and then, too
        boolean datagrams = fault == Fault.STUCK || fault == Fault.NONE && roles.nodes == 4;
        int pings = fault == Fault.STRANGER || fault == Fault.NONE && roles.nodes == 5 ? 15 : 10;
        boolean longWatch = fault == Fault.APART || fault == Fault.STATE || fault == Fault.NONE && roles.nodes == 3;
        String every = longWatch ? "800ms" : "150ms";
        // what is idle for a quarter of an hour would be lost among a quarter of an hour of gossip
        String gossip = fault == Fault.IDLE ? "gossip: false\nmanagement: false\n" : "";
        // who is away and comes back has a service alone, which somebody elsewhere asks for
        boolean away = fault == Fault.NAMES || fault == Fault.NAMES_AGAIN;
        String names = away
                ? "  - {name: asker, replicas: 1, nodes: [" + roles.other + "], networks: back}\n"
                        + "  - {name: asked, replicas: 1, nodes: [" + roles.one + "], networks: back}\n"
                : "";
        String order = fault.yaml(roles);
        return "seed: " + random.nextInt(1_000_000) + "\nnodes: " + roles.nodes + "\nclients: " + random.nextInt(1, 4)
                + "\n"
                + gossip
                + "networks:\n  - {name: back" + (encrypted ? ", encrypted: true" : "") + subnet + "}\n"
                + "services:\n"
                + "  - {name: web, replicas: " + roles.nodes + ", publish: [\"" + random.nextInt(80, 9000)
                + "\"" + (datagrams ? ", \"9000/udp\"" : "") + "]}\n"
                + "  - {name: store, replicas: " + roles.nodes + ", networks: back}\n"
                + names
                + "traffic:\n"
                + "  - {kind: http, to: web, connections: " + random.nextInt(40, 80) + ", every: " + every
                + ", response: "
                + random.nextInt(2000, 9000) + "}\n"
                + "  - {kind: http, from: store, to: store, connections: " + random.nextInt(20, 40)
                + ", every: " + (fault == Fault.GOSSIP ? "1200ms" : "300ms") + ", response: 8KiB}\n"
                + "  - {kind: ping, from: store.1, to: store.2, connections: 1, requests: " + pings + "}\n"
                + "  - {kind: ping, from: store.2, to: store.3, connections: 1, requests: 10}\n"
                + (datagrams
                        ? "  - {kind: udp, to: web, connections: 30, requests: 20, every: 200ms, think: 500ms}\n"
                        : "")
                + (fault == Fault.NONE && roles.nodes == 4 ? "capture: [store.1, web.2]\n" : "")
                + (away ? "  - {kind: ping, from: asked.1, to: asker.1, connections: 1, requests: 35}\n" : "")
                + (away ? "capture: [asker.1]\n" : "")
                + (order.isEmpty() ? "" : "faults:\n" + order);
    }

    /** The node of a capture, which is its name or its folder's. */
    private static String node(Path file) {
        return file.getName(0).toString().replace(".pcap", "");
    }

    private Set<String> diagnose(String yaml, Path here) throws Exception {
        Files.createDirectories(here);
        new Generator(ScenarioReader.read("random.yaml", yaml))
                .run(new CapturePerPoint(here, "pcap"), Optional.of(here), Limits.NONE);
        List<String> command = new ArrayList<>(List.of(
                "doctor", "-T", "json", "--inventory", here.resolve("inventory").toString()));
        try (Stream<Path> files = Files.walk(here)) {
            files.filter(file -> file.toString().endsWith(".pcap"))
                    .sorted()
                    .forEach(file -> command.add(node(here.relativize(file)) + "=" + file));
        }
        Invocation answer = Invocation.of(command);
        assertThat(answer.exit()).as(answer.err()).isZero();
        Set<String> ids = new TreeSet<>();
        for (JsonNode finding : answer.json().path("findings")) {
            ids.add(finding.path("id").asText());
        }
        return ids;
    }

    /** Whether the generator says that packets show the fault: nobody may have asked the one who does not answer. */
    private static boolean shows(Path here, Fault fault) throws IOException {
        if (fault.finding.isEmpty()) {
            return false;
        }
        JsonNode truth = new ObjectMapper().readTree(here.resolve("truth.json").toFile());
        // uneven load shows in sums alone, and subnets that overlap in addresses
        return fault == Fault.UNEVEN
                || fault == Fault.OVERLAP
                || truth.at("/faults/0/packetsTotal").asLong() > 0;
    }

    /** How often a failure was there and found, was there and not found, and was found and not there. */
    private static final class Tally {
        private int found;
        private int missed;
        private int mistaken;
    }

    @Test
    void whatIsBrokenIsFoundAndNothingElse() throws Exception {
        Map<String, Tally> tallies = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        Fault[] faults = Fault.values();
        int healthy = 0;
        for (int i = 0; i < SCENARIOS; i++) {
            SplittableRandom random = new SplittableRandom(FIRST + i);
            // every other one is a healthy twin
            Fault fault = i % 2 == 0 ? Fault.NONE : faults[1 + i / 2 % (faults.length - 1)];
            String yaml = scenario(fault, random);
            Set<String> found = diagnose(yaml, folder.resolve(Integer.toString(i)));
            boolean shows = shows(folder.resolve(Integer.toString(i)), fault);
            Set<String> expected = shows ? Set.of(fault.finding) : Set.of();
            healthy += expected.isEmpty() ? 1 : 0;
            for (String id : expected) {
                Tally tally = tallies.computeIfAbsent(id, any -> new Tally());
                tally.found += found.contains(id) ? 1 : 0;
                tally.missed += found.contains(id) ? 0 : 1;
            }
            for (String id : found) {
                tallies.computeIfAbsent(id, any -> new Tally()).mistaken += expected.contains(id) ? 0 : 1;
            }
            if (!found.equals(expected)) {
                wrong.add(i + " " + fault + ": " + found + "\n" + yaml);
            }
        }
        StringBuilder table = new StringBuilder("""
                | finding | there | found | missed | mistaken | precision | recall |
                |---|---|---|---|---|---|---|
                """);
        tallies.forEach((id, tally) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %.1f %% | %.1f %% |%n",
                id,
                tally.found + tally.missed,
                tally.found,
                tally.missed,
                tally.mistaken,
                100.0 * tally.found / Math.max(1, tally.found + tally.mistaken),
                100.0 * tally.found / Math.max(1, tally.found + tally.missed))));
        Files.writeString(
                Path.of(System.getProperty("swarmlens.root")).resolve("analyzer/target/findings-table.md"),
                table + "\n" + SCENARIOS + " scenarios, " + healthy + " of them healthy\n");
        assertThat(wrong).as(table.toString()).isEmpty();
    }
}
