package dev.swarmlens.analyzer.swarm;

import java.util.Map;
import java.util.Set;

/** Where a recorded swarm's packets truly differ from its tables, and why. */
final class KnownDeviations {

    private KnownDeviations() {}

    /**
     * Addresses that were born and died between the two takings of the tables, so no table ever held them.
     *
     * <p>19-healthy-busy scales {@code shop} from 3 to 5 replicas and back: 926f84c4d54c (10.0.0.13, on the manager) and
     * 8d1c2b242f9d (10.0.0.14, on worker1) answered four requests in sum, and said in them which address they have.
     */
    static Map<OverlayAddress, Location> livedOnlyMeanwhile(String swarm) {
        return swarm.equals("19-healthy-busy")
                ? Map.of(
                        new OverlayAddress(4096, "10.0.0.13"), new Location("02:42:0a:00:00:0d", "192.168.77.101"),
                        new OverlayAddress(4096, "10.0.0.14"), new Location("02:42:0a:00:00:0e", "192.168.77.102"))
                : Map.of();
    }

    /** Connections to the addresses above, one for each request in the client's log: no IPVS counter outlived them. */
    static Map<Leg, Long> countedByNobody(String swarm) {
        return swarm.equals("19-healthy-busy")
                ? Map.of(
                        new Leg("192.168.77.102", "10.0.0.13"), 1L,
                        new Leg("192.168.77.103", "10.0.0.14"), 1L,
                        new Leg("192.168.77.104", "10.0.0.13"), 1L)
                : Map.of();
    }

    /**
     * VTEPs besides the right one that packets of an address came from.
     *
     * <p>13-wrong-source: worker1 sends to the manager from a second address of its own. 16-duplicate-ip: an impostor on
     * worker2 has the address and MAC of a container on worker1.
     */
    static Set<String> alsoSentFrom(String swarm, OverlayAddress address) {
        record At(String swarm, OverlayAddress address) {}

        return Map.of(
                        new At("13-wrong-source", new OverlayAddress(4097, "10.200.5.16")), Set.of("192.168.77.188"),
                        new At("16-duplicate-ip", new OverlayAddress(4097, "10.30.5.10")), Set.of("192.168.77.103"))
                .getOrDefault(new At(swarm, address), Set.of());
    }
}
