package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.ForgottenFlows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a reader must know to read the report right: what is assumed, and what these captures cannot show. */
final class Notes {
    private final Names names;
    private final List<Vantage> vantages;
    private final Report report;

    Notes(Names names, List<Vantage> vantages, Report report) {
        this.names = names;
        this.vantages = vantages;
        this.report = report;
    }

    List<String> toList() {
        List<String> notes = new ArrayList<>();
        forgottenFlows(notes);
        encrypted(notes);
        unopenedGossip(notes);
        if (report.networks().isEmpty()) {
            notes.add(
                    "No VXLAN packet was seen, so nothing can be said about overlay networks. A swarm's VXLAN is on UDP"
                            + " port 4789 of the nodes' underlay interface unless --data-path-port said otherwise.");
            return notes;
        }
        assumedNames(notes);
        assumedKinds(notes);
        notCaptured(notes);
        notes.add("Packets between containers of one node never reach the underlay, so they are in no count above.");
        return notes;
    }

    private void forgottenFlows(List<String> notes) {
        long flows = 0;
        long packets = 0;
        long bytes = 0;
        for (Vantage vantage : vantages) {
            ForgottenFlows forgotten = vantage.seen().flows().forgotten();
            for (int row = 0; row < forgotten.size(); row++) {
                flows += forgotten.flows(row);
                packets += forgotten.packets(row);
                bytes += forgotten.bytes(row);
            }
        }
        if (flows > 0) {
            notes.add(flows + " flows, the least recent, were forgotten to bound the memory, with " + packets
                    + " packets and " + bytes
                    + " bytes: what is said of flows and connections leaves them out. --max-flows sets the bound.");
        }
    }

    private void encrypted(List<String> notes) {
        List<Report.EspTunnel> swarms = report.espTunnels().stream()
                .filter(tunnel -> tunnel.keyTag() != null)
                .toList();
        List<Report.EspTunnel> closed = swarms.stream()
                .filter(tunnel -> tunnel.opened() + tunnel.refused() == 0 && tunnel.cut() < tunnel.packets())
                .toList();
        long cut = swarms.stream().mapToLong(Report.EspTunnel::cut).sum();
        if (cut > 0) {
            notes.add(cut + (cut == 1 ? " ESP packet was" : " ESP packets were") + " cut by the capture, or fragmented:"
                    + " no key opens them. tcpdump's -s 0 captures whole packets.");
        }
        if (!closed.isEmpty()) {
            notes.add("Encrypted overlay networks' packets are inside of ESP: of these, "
                    + closed.stream().mapToLong(Report.EspTunnel::packets).sum()
                    + " stay encrypted, so what is said of networks, addresses and flows leaves them out. --xfrm-state with"
                    + " what 'ip xfrm state' prints as root on a node would show them.");
        }
        for (Report.EspTunnel tunnel : report.espTunnels()) {
            if (tunnel.refused() > 0) {
                notes.add("The keys do not fit SPI " + tunnel.spi() + ", " + tunnel.from() + " to " + tunnel.to() + ": "
                        + tunnel.refused() + (tunnel.refused() == 1 ? " packet" : " packets")
                        + " failed authentication.");
            }
        }
    }

    private void unopenedGossip(List<String> notes) {
        Report.Gossip gossip = report.gossip();
        if (gossip == null) {
            return;
        }
        if (gossip.opened() == 0) {
            notes.add(
                    gossip.notOpened() == 0
                            ? "No packet of gossip was seen that the keys of --gossip-keys could open; it is on port 7946 of the"
                                    + " nodes' underlay interface."
                            : "None of the " + gossip.notOpened()
                                    + " messages of gossip opens with the keys of --gossip-keys:"
                                    + " they are of another swarm, or of another time, since keys change every 12 hours.");
        } else if (gossip.notOpened() > 0) {
            notes.add(gossip.notOpened()
                    + " messages of gossip do not open with the keys of --gossip-keys; a key is missing.");
        }
        if (gossip.malformed() > 0) {
            notes.add(gossip.malformed()
                    + " packets on the gossip port are not in its format, or were captured in part.");
        }
    }

    private void assumedNames(List<String> notes) {
        for (Report.Network network : report.networks()) {
            if (network.nameSource() == Report.Source.ASSUMED) {
                notes.add("Network " + network.vni() + " is assumed to be \"" + network.name()
                        + "\", the routing mesh, because swarms give it this number; --inventory with what 'docker network"
                        + " inspect' prints would tell.");
            }
        }
        if (report.networks().stream()
                .anyMatch(network -> !network.assumedSubnets().isEmpty())) {
            notes.add("Subnets are assumed to be /24, Docker's default; packets do not carry masks.");
        }
    }

    private void assumedKinds(List<String> notes) {
        if (report.endpoints().stream().anyMatch(endpoint -> endpoint.kindSource() == Report.Source.ASSUMED)) {
            notes.add("An overlay address is assumed to be a node's load balancer if its packets have passed one or two"
                    + " hops (TTL 62 or 63), and a container's if they have passed none (TTL 64).");
        }
    }

    private void notCaptured(List<String> notes) {
        for (Vantage vantage : vantages) {
            if (names.home(vantage) == null) {
                notes.add("The packets do not tell on which node " + vantage.point()
                        + " was captured; name it as NODE=FILE, with --inventory that knows the node.");
            }
        }
        List<String> missing = report.vteps().stream()
                .filter(vtep -> !names.isCaptured(Address.of(vtep.address())))
                .map(vtep -> vtep.node() == null ? vtep.address() : vtep.node() + " (" + vtep.address() + ")")
                .toList();
        if (!missing.isEmpty() && missing.size() < report.vteps().size()) {
            notes.add("No capture was taken on " + missing.stream().collect(Collectors.joining(", "))
                    + ". Only packets to and from captured nodes are visible of what is there.");
        }
    }
}
