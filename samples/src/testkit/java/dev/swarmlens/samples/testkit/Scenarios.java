package dev.swarmlens.samples.testkit;

import dev.swarmlens.samples.scenario.Scenario;
import dev.swarmlens.samples.scenario.ScenarioException;
import dev.swarmlens.samples.scenario.ScenarioReader;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Small healthy scenarios, as somebody could have written them. */
public final class Scenarios {
    private static final int FIRST_PORT = 8000;
    private static final int FIRST_UDP_PORT = 5000;

    private Scenarios() {}

    /** A service, and what is asked of it. */
    private record Part(
            int replicas,
            boolean published,
            boolean overlay,
            boolean dnsRoundRobin,
            int connections,
            int requests,
            int response) {}

    /**
     * Any: one to five nodes, one to four services, published or in an overlay or both, and traffic to each of them: HTTP with and
     * without keep-alive, UDP, ping.
     */
    public static Arbitrary<Scenario> any() {
        return yaml().map(yaml -> {
            try {
                return ScenarioReader.read("random.yaml", yaml);
            } catch (ScenarioException impossible) {
                throw new IllegalStateException(yaml, impossible);
            }
        });
    }

    /** The same as text. */
    public static Arbitrary<String> yaml() {
        Arbitrary<Part> parts = Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(true, true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 5000))
                .as(Part::new);
        return Combinators.combine(
                        Arbitraries.longs().between(0, Integer.MAX_VALUE),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 2),
                        parts.list().ofMinSize(1).ofMaxSize(4))
                .as(Scenarios::yaml);
    }

    private static String yaml(long seed, int nodes, int clients, List<Part> parts) {
        StringBuilder services = new StringBuilder();
        StringBuilder traffic = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            // a service that nobody can reach makes no sense
            boolean overlay = part.overlay() || !part.published();
            boolean direct = part.dnsRoundRobin() && !part.published();
            services.append("  - name: service" + i + "\n    replicas: " + part.replicas() + "\n");
            if (part.published()) {
                services.append("    publish: [" + (FIRST_PORT + i) + ":80, " + (FIRST_UDP_PORT + i) + "/udp]\n");
                traffic.append(talk("http", part, "to: service" + i));
                traffic.append(talk("udp", part, "to: service" + i));
            }
            if (overlay) {
                services.append("    networks: shared\n");
                traffic.append(talk("http", part, "from: asking, to: service" + i + ", network: shared"));
                traffic.append(talk("ping", part, "from: asking.1, to: service" + i + ".1, network: shared"));
            }
            if (direct) {
                services.append("    endpoint: dnsrr\n");
            }
        }
        return "seed: " + seed + "\nnodes: " + nodes + "\nclients: " + clients
                + "\nnetworks:\n  - name: shared\nservices:\n  - name: asking\n    replicas: 2\n    networks: shared\n"
                + services + "traffic:\n" + traffic;
    }

    private static String talk(String kind, Part part, String who) {
        int response = kind.equals("udp") ? part.response() % 1000 : part.response();
        String answer = kind.equals("ping") ? "" : ", response: " + response;
        return "  - {kind: " + kind + ", " + who + ", connections: " + part.connections() + ", requests: "
                + part.requests() + answer + "}\n";
    }
}
