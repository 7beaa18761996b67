package dev.swarmlens.analyzer.inventory;

import static dev.swarmlens.analyzer.inventory.Fields.firstKnown;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins claims into endpoints.
 *
 * <p>Claims about one address on one network belong together if they name the same container, task or endpoint. Where
 * they name different owners, the address was reused while the files were printed, or the files are of different times:
 * then every owner stays, those that run first, among them the one that started last first.
 */
final class EndpointMerger {

    /** Times, where the unknown one counts as the oldest. */
    static final Comparator<Optional<Instant>> UNKNOWN_FIRST = Comparator.comparing(time -> time.orElse(Instant.MIN));

    static final Comparator<Endpoint> ORDER = Comparator.comparing(Endpoint::networkId)
            .thenComparing(Endpoint::ip, AddressOrder.INSTANCE)
            .thenComparing(Endpoint::running, Comparator.reverseOrder())
            .thenComparing(Endpoint::since, UNKNOWN_FIRST.reversed())
            .thenComparing(Endpoint::name)
            .thenComparing(Endpoint::containerId);

    private final Map<String, String> nodeByAddress = new HashMap<>();
    private final Map<String, String> addressByNode = new HashMap<>();

    EndpointMerger(Collection<Node> nodes) {
        for (Node node : nodes) {
            if (!node.address().isEmpty()) {
                nodeByAddress.put(node.address(), node.id());
                addressByNode.put(node.id(), node.address());
            }
        }
    }

    /** Returns one endpoint for each owner of each address, sorted, with its node wherever that can be inferred. */
    List<Endpoint> merge(List<Claim> claims) {
        List<Claim> owners = owners(claims);
        for (Claim owner : owners) {
            if (!owner.nodeId.isEmpty() && !owner.nodeAddress.isEmpty()) {
                // The data path may have an interface of its own, so this outranks the node's address in the swarm.
                nodeByAddress.put(owner.nodeAddress, owner.nodeId);
                addressByNode.put(owner.nodeId, owner.nodeAddress);
            }
        }
        for (Claim owner : owners) {
            completeNode(owner);
        }
        inferNodes(owners);
        return owners.stream().map(Claim::toEndpoint).sorted(ORDER).toList();
    }

    /** Returns which node an underlay address belongs to, by its identifier; complete after {@link #merge}. */
    Map<String, String> nodesByAddress() {
        return Map.copyOf(nodeByAddress);
    }

    private static List<Claim> owners(List<Claim> claims) {
        record Place(String networkId, String ip) {}

        Map<Place, List<Claim>> places = new LinkedHashMap<>();
        for (Claim claim : claims) {
            List<Claim> owners = places.computeIfAbsent(new Place(claim.networkId, claim.ip), any -> new ArrayList<>());
            Optional<Claim> first = owners.stream().filter(claim::sameOwner).findFirst();
            if (first.isEmpty()) {
                owners.add(claim);
                continue;
            }
            first.get().join(claim);
            // What this claim brought may show that two owners so far are one.
            owners.removeIf(owner -> {
                boolean twin = owner != first.get() && owner.sameOwner(first.get());
                if (twin) {
                    first.get().join(owner);
                }
                return twin;
            });
        }
        return places.values().stream().flatMap(List::stream).toList();
    }

    /** A listing is of one node: whoever has no known node yet is where the others on the list are. */
    private void inferNodes(List<Claim> owners) {
        Map<Integer, Set<String>> nodesOfListing = new HashMap<>();
        for (Claim owner : owners) {
            if (!owner.nodeId.isEmpty()) {
                for (int listing : owner.listings) {
                    nodesOfListing
                            .computeIfAbsent(listing, any -> new HashSet<>())
                            .add(owner.nodeId);
                }
            }
        }
        for (Claim owner : owners) {
            if (owner.nodeId.isEmpty()) {
                Set<String> nodes = new HashSet<>();
                owner.listings.forEach(listing -> nodes.addAll(nodesOfListing.getOrDefault(listing, Set.of())));
                if (nodes.size() == 1) {
                    owner.nodeId = nodes.iterator().next();
                    completeNode(owner);
                }
            }
        }
    }

    private void completeNode(Claim owner) {
        owner.nodeId = firstKnown(owner.nodeId, nodeByAddress.getOrDefault(owner.nodeAddress, ""));
        owner.nodeAddress = firstKnown(owner.nodeAddress, addressByNode.getOrDefault(owner.nodeId, ""));
    }
}
