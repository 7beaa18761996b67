package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Network;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.codecs.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The networks and the tunnel endpoints of the report. */
final class NetworkSection {
    /** Docker cuts its address pool into networks of this size, unless told otherwise. */
    private static final int ASSUMED_PREFIX_LENGTH = 24;

    private final Names names;
    private final List<Tunnel> tunnels;
    private final SizeSection sizes;

    NetworkSection(Names names, List<Tunnel> tunnels, SizeSection sizes) {
        this.names = names;
        this.tunnels = tunnels;
        this.sizes = sizes;
    }

    private static final class NetworkTotals {
        long packets;
        long bytes;
        boolean encrypted;
        final SortedSet<Address> vteps = new TreeSet<>();
    }

    List<Report.Network> networks(List<Report.Endpoint> endpoints) {
        Map<Integer, NetworkTotals> byVni = new TreeMap<>();
        for (Tunnel tunnel : tunnels) {
            NetworkTotals totals = byVni.computeIfAbsent(tunnel.vni(), any -> new NetworkTotals());
            totals.packets += tunnel.packets();
            totals.bytes += tunnel.bytes();
            totals.encrypted |= tunnel.encrypted() > 0;
            totals.vteps.add(tunnel.source());
            totals.vteps.add(tunnel.destination());
        }
        List<Report.Network> networks = new ArrayList<>();
        byVni.forEach((vni, totals) -> networks.add(network(vni, totals, endpoints)));
        return networks;
    }

    private Report.Network network(int vni, NetworkTotals totals, List<Report.Endpoint> endpoints) {
        SortedSet<String> assumedSubnets = new TreeSet<>();
        long count = 0;
        for (Report.Endpoint endpoint : endpoints) {
            if (endpoint.vni() == vni) {
                count++;
                Address ip = Address.of(endpoint.ip());
                if (ip.isIpv4()) {
                    assumedSubnets.add(ip.ipv4Network(ASSUMED_PREFIX_LENGTH));
                }
            }
        }
        Network known = names.network(vni).orElse(null);
        return new Report.Network(
                vni,
                names.networkName(vni),
                names.networkNameSource(vni),
                known == null ? List.of() : known.subnetOf(vni).map(List::of).orElse(known.subnets()),
                known == null ? List.copyOf(assumedSubnets) : List.of(),
                totals.encrypted ? Boolean.TRUE : known == null ? null : Boolean.valueOf(known.encrypted()),
                totals.packets,
                totals.bytes,
                totals.vteps.stream().map(Address::toString).toList(),
                count,
                sizes.of(vni));
    }

    private static final class VtepTotals {
        long packetsSent;
        long bytesSent;
        long packetsReceived;
        long bytesReceived;
        final SortedSet<Long> macs = new TreeSet<>();
        final SortedSet<Integer> vnis = new TreeSet<>();
    }

    List<Report.Vtep> vteps() {
        Map<Address, VtepTotals> byAddress = new TreeMap<>();
        for (Tunnel tunnel : tunnels) {
            VtepTotals source = byAddress.computeIfAbsent(tunnel.source(), any -> new VtepTotals());
            source.packetsSent += tunnel.packets();
            source.bytesSent += tunnel.bytes();
            source.vnis.add(tunnel.vni());
            source.macs.addAll(tunnel.macs());
            VtepTotals destination = byAddress.computeIfAbsent(tunnel.destination(), any -> new VtepTotals());
            destination.packetsReceived += tunnel.packets();
            destination.bytesReceived += tunnel.bytes();
            destination.vnis.add(tunnel.vni());
        }
        List<Report.Vtep> vteps = new ArrayList<>();
        byAddress.forEach((address, totals) -> vteps.add(new Report.Vtep(
                address.toString(),
                names.node(address),
                totals.macs.stream().map(mac -> new MacAddress(mac).toString()).toList(),
                List.copyOf(totals.vnis),
                totals.packetsSent,
                totals.bytesSent,
                totals.packetsReceived,
                totals.bytesReceived)));
        return vteps;
    }
}
