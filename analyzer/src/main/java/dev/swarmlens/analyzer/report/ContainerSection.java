package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Endpoint;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.inventory.Network;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The containers of the report, each with all of its addresses. That addresses on several networks are one container's is not
 * in packets, so the inventory tells it, and packets tell which of them were heard and from which node.
 */
final class ContainerSection {
    private static final String OVERLAY = "overlay";

    private final Inventory inventory;
    private final Names names;

    ContainerSection(Names names) {
        this.names = names;
        this.inventory = names.inventory();
    }

    /** The container's name: that of its endpoints on overlays, as the one on a bridge has a name of its own. */
    static Optional<String> nameOf(Inventory inventory, String containerId) {
        return inventory.endpoints().stream()
                .filter(endpoint -> endpoint.containerId().equals(containerId) && isOnOverlay(inventory, endpoint))
                .map(Endpoint::name)
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private static boolean isOnOverlay(Inventory inventory, Endpoint endpoint) {
        return inventory
                .networkById(endpoint.networkId())
                .filter(network -> network.driver().equals(OVERLAY))
                .isPresent();
    }

    private record Place(String networkId, String ip) {}

    /** Those of which at least one overlay address sent packets. */
    List<Report.Container> containers(List<Report.Endpoint> endpoints) {
        Map<Place, Report.Endpoint> heard = new HashMap<>();
        Map<String, Endpoint> ownerById = new TreeMap<>();
        for (Report.Endpoint endpoint : endpoints) {
            names.endpoint(endpoint.vni(), Address.of(endpoint.ip()))
                    .filter(owner -> !owner.containerId().isEmpty())
                    .ifPresent(owner -> {
                        heard.put(new Place(owner.networkId(), owner.ip()), endpoint);
                        ownerById.putIfAbsent(owner.containerId(), owner);
                    });
        }
        Map<String, List<Endpoint>> byContainer = new HashMap<>();
        for (Endpoint endpoint : inventory.endpoints()) {
            if (ownerById.containsKey(endpoint.containerId())) {
                byContainer
                        .computeIfAbsent(endpoint.containerId(), any -> new ArrayList<>())
                        .add(endpoint);
            }
        }
        List<Report.Container> containers = new ArrayList<>();
        ownerById.forEach((id, owner) -> containers.add(container(owner, byContainer.get(id), heard)));
        containers.sort(Comparator.comparing(Report.Container::name).thenComparing(Report.Container::id));
        return containers;
    }

    private Report.Container container(Endpoint owner, List<Endpoint> all, Map<Place, Report.Endpoint> heard) {
        List<Report.ContainerAddress> addresses = new ArrayList<>();
        String vtep = null;
        for (Endpoint endpoint : all) {
            Report.Endpoint sent = heard.get(new Place(endpoint.networkId(), endpoint.ip()));
            vtep = vtep == null && sent != null ? sent.vtep() : vtep;
            Network network = inventory.networkById(endpoint.networkId()).orElse(null);
            addresses.add(new Report.ContainerAddress(
                    network == null ? null : network.name(),
                    network != null && network.driver().equals(OVERLAY),
                    sent == null ? null : sent.vni(),
                    endpoint.ip(),
                    endpoint.mac().isEmpty() ? null : endpoint.mac(),
                    sent == null ? 0 : sent.packetsSent()));
        }
        // overlays first, docker_gwbridge after them
        addresses.sort(Comparator.comparing(Report.ContainerAddress::overlay)
                .reversed()
                .thenComparing(Report.ContainerAddress::network, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Report.ContainerAddress::ip));
        return new Report.Container(
                owner.containerId(),
                owner.name(),
                owner.serviceName().isEmpty() ? null : owner.serviceName(),
                vtep,
                addresses);
    }
}
