package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Tunnels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one tunnel endpoint sent to another in one network, seen from wherever most of it was seen: a packet that two
 * vantages saw is one packet.
 *
 * @param vni the network
 * @param source the sender
 * @param destination the receiver
 * @param macs the outer source MAC addresses
 * @param packets the most packets that one vantage saw
 * @param bytes the most bytes that one vantage saw
 * @param encrypted how many packets came out of ESP, at most at one vantage
 */
record Tunnel(
        int vni, Address source, Address destination, SortedSet<Long> macs, long packets, long bytes, long encrypted) {

    private record Key(int vni, Address source, Address destination) {}

    static List<Tunnel> of(List<Vantage> vantages) {
        Map<Key, Tunnel> best = new HashMap<>();
        for (Vantage vantage : vantages) {
            Map<Key, Tunnel> here = new HashMap<>();
            Tunnels rows = vantage.seen().tunnels();
            for (int row = 0; row < rows.size(); row++) {
                Key key = new Key(rows.vni(row), rows.source(row), rows.destination(row));
                SortedSet<Long> macs = new TreeSet<>();
                if (rows.mac(row) != 0) {
                    macs.add(rows.mac(row));
                }
                Tunnel tunnel = new Tunnel(
                        key.vni(),
                        key.source(),
                        key.destination(),
                        macs,
                        rows.packets(row),
                        rows.bytes(row),
                        rows.encrypted(row));
                here.merge(key, tunnel, Tunnel::plus);
            }
            here.forEach((key, tunnel) -> best.merge(key, tunnel, Tunnel::max));
        }
        return new ArrayList<>(best.values());
    }

    private Tunnel plus(Tunnel other) {
        return combined(other, packets + other.packets, bytes + other.bytes, encrypted + other.encrypted);
    }

    private Tunnel max(Tunnel other) {
        return combined(
                other,
                Math.max(packets, other.packets),
                Math.max(bytes, other.bytes),
                Math.max(encrypted, other.encrypted));
    }

    private Tunnel combined(Tunnel other, long newPackets, long newBytes, long newEncrypted) {
        SortedSet<Long> allMacs = new TreeSet<>(macs);
        allMacs.addAll(other.macs);
        return new Tunnel(vni, source, destination, allMacs, newPackets, newBytes, newEncrypted);
    }
}
