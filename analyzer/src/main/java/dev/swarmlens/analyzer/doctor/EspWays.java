package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.doctor.Outages.Way;
import dev.swarmlens.analyzer.esp.Spi;
import dev.swarmlens.analyzer.report.Picture;
import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.EspTunnels;
import dev.swarmlens.analyzer.summary.Tunnels;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is wrong with a swarm's ESP, as far as its headers tell, which needs no keys. */
final class EspWays {
    /** So many numbers in a row that do not arrive are no chance. */
    static final int ENOUGH = 5;

    /** A packet that leaves so shortly before a capture ends may arrive after it. */
    private static final long MARGIN = 1_000_000_000L;

    private static final long LONG_ENOUGH = 3_000_000_000L;
    /** Keys that are next to each other are both accepted; all nodes go from one to the next within seconds. */
    private static final long ROTATING = 300_000_000_000L;
    /** A frame with a SYN, or a usual ping, is no longer than this. */
    private static final long OPENING = 176;

    private final Picture picture;
    private final List<Desync> desyncs = new ArrayList<>();
    private final List<Report.EspTunnel> translated = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();

    /**
     * A node that encrypts with an older key than its peer.
     *
     * @param stale what it sends
     * @param current what its peer sends meanwhile
     * @param nanos for how long both were seen
     */
    record Desync(Report.EspTunnel stale, Report.EspTunnel current, long nanos) {
        int rotations() {
            return (current.keyTag() - stale.keyTag()) / Spi.ROTATION;
        }
    }

    /**
     * A way on which ESP does not get through.
     *
     * @param from the first sequence number that did not
     * @param packets how many were seen to leave, or to arrive, for nothing
     * @param receiver where they were not seen to arrive, though they left; {@code null} if they did arrive, or nobody watched
     * @param arrives whether they were seen to arrive
     */
    record Block(Way way, int spi, long from, long packets, Vantage receiver, boolean arrives) {
        boolean isLost() {
            return receiver != null;
        }

        /** Whether there was a capture of the receiver when a frame left: not only just before its end. */
        boolean isWatched(Packet packet) {
            return packet.time() >= receiver.seen().first()
                    && packet.time() <= receiver.seen().last() - MARGIN;
        }
    }

    EspWays(Picture picture) {
        this.picture = picture;
        List<Report.EspTunnel> swarms = picture.report().espTunnels().stream()
                .filter(tunnel -> tunnel.keyTag() != null)
                .toList();
        swarms.stream().filter(tunnel -> tunnel.advertised() != null).forEach(translated::add);
        findDesyncs(swarms);
        findBlocks();
    }

    List<Desync> desyncs() {
        return desyncs;
    }

    /** What does not have the addresses that its SPI was made for. */
    List<Report.EspTunnel> translated() {
        return translated;
    }

    List<Block> blocks() {
        return blocks;
    }

    // ---- keys

    private void findDesyncs(List<Report.EspTunnel> swarms) {
        Map<Way, Report.EspTunnel> latest = new TreeMap<>(Way.ORDER);
        for (Report.EspTunnel tunnel : swarms) {
            if (tunnel.last() != null) {
                latest.merge(way(tunnel), tunnel, (one, other) -> one.last() >= other.last() ? one : other);
            }
        }
        latest.forEach((way, tunnel) -> {
            Report.EspTunnel back = latest.get(way.reverse());
            if (back != null && tunnel.keyTag() < back.keyTag()) {
                Desync desync = new Desync(
                        tunnel, back, Math.min(tunnel.last(), back.last()) - Math.max(tunnel.first(), back.first()));
                if (desync.nanos > 0 && (desync.rotations() > 1 || desync.nanos >= ROTATING)) {
                    desyncs.add(desync);
                }
            }
        });
    }

    /** Between which nodes it goes, by the addresses that they advertise. */
    private static Way way(Report.EspTunnel tunnel) {
        Report.EspAddresses advertised = tunnel.advertised();
        return advertised == null
                ? new Way(Address.of(tunnel.from()), Address.of(tunnel.to()))
                : new Way(Address.of(advertised.from()), Address.of(advertised.to()));
    }

    // ---- blocks

    private void findBlocks() {
        Map<Way, Block> found = new TreeMap<>(Way.ORDER);
        Set<Way> explained = new TreeSet<>(Way.ORDER);
        desyncs.forEach(desync -> explain(explained, way(desync.stale)));
        translated.forEach(tunnel -> explain(explained, way(tunnel)));
        for (Vantage sender : picture.vantages()) {
            EspTunnels rows = sender.seen().espTunnels();
            for (int row = 0; row < rows.size(); row++) {
                Block block = lost(sender, rows, row);
                if (block != null && !explained.contains(block.way)) {
                    found.putIfAbsent(block.way, block);
                }
            }
        }
        List.copyOf(found.keySet()).forEach(way -> explain(explained, way));
        for (Vantage vantage : picture.vantages()) {
            EspTunnels rows = vantage.seen().espTunnels();
            for (int row = 0; row < rows.size(); row++) {
                Block block = unanswered(vantage, rows, row);
                if (block != null && !explained.contains(block.way)) {
                    found.merge(block.way, block, (one, other) -> one.arrives ? one : other);
                }
            }
        }
        blocks.addAll(found.values());
    }

    private static void explain(Set<Way> explained, Way way) {
        explained.add(way);
        explained.add(way.reverse());
    }

    private static Way way(EspTunnels rows, int row) {
        return new Way(rows.source(row), rows.destination(row));
    }

    private static boolean isSwarms(EspTunnels rows, int row) {
        return Spi.tag(rows.source(row), rows.spi(row), rows.destination(row)).isPresent();
    }

    /** What a node's capture shows to leave, and a capture of the other node, at the same time, does not show to arrive. */
    private Block lost(Vantage sender, EspTunnels rows, int row) {
        Way way = way(rows, row);
        if (!isSwarms(rows, row) || !way.from().equals(picture.names().home(sender))) {
            return null;
        }
        for (Vantage receiver : picture.vantages()) {
            EspTunnels there = receiver.seen().espTunnels();
            boolean watches = way.to().equals(picture.names().home(receiver))
                    && there.size() > 0
                    && receiver.seen().first() <= rows.last(row)
                    && receiver.seen().last() >= rows.first(row);
            if (watches) {
                int arrived = find(there, way, rows.spi(row));
                long from = end(rows, row) - lostAtTheEnd(rows, row, there, arrived);
                long since = arrived < 0 ? receiver.seen().first() : there.last(arrived);
                long packets = end(rows, row) - from;
                boolean clearToo = sendsClear(sender, way, since) && !sendsClear(receiver, way, since);
                if (packets >= ENOUGH && hears(receiver, way, since) && !clearToo) {
                    return new Block(way, rows.spi(row), from, packets, receiver, false);
                }
            }
        }
        return null;
    }

    private static long end(EspTunnels rows, int row) {
        return rows.high(row, rows.intervals(row) - 1);
    }

    /** How many of the highest numbers in a row have not arrived. */
    private static long lostAtTheEnd(EspTunnels rows, int row, EspTunnels there, int arrived) {
        long low = rows.low(row, rows.intervals(row) - 1);
        return end(rows, row) - (arrived < 0 ? low : Math.min(end(rows, row), Math.max(low, end(there, arrived))));
    }

    private static int find(EspTunnels rows, Way way, int spi) {
        for (int row = 0; row < rows.size(); row++) {
            if (rows.spi(row) == spi && way(rows, row).equals(way)) {
                return row;
            }
        }
        return -1;
    }

    /** Only what begins connections, and nothing back, though the other node is heard: it seems to be answered by nobody. */
    private Block unanswered(Vantage vantage, EspTunnels rows, int row) {
        Way way = way(rows, row);
        Address home = picture.names().home(vantage);
        boolean atReceiver = way.to().equals(home);
        boolean silent = isSwarms(rows, row)
                && (atReceiver || way.from().equals(home))
                && rows.packets(row) >= ENOUGH
                && rows.last(row) - rows.first(row) >= LONG_ENOUGH
                && rows.bytes(row) <= OPENING * rows.packets(row)
                && hears(vantage, way.reverse(), rows.first(row));
        for (int other = 0; silent && other < rows.size(); other++) {
            silent = !way(rows, other).equals(way.reverse());
        }
        return silent ? new Block(way, rows.spi(row), rows.low(row, 0), rows.packets(row), null, atReceiver) : null;
    }

    /** Whether other packets than encrypted ones come this way, later than a moment. */
    private static boolean hears(Vantage vantage, Way way, long since) {
        if (sendsClear(vantage, way, since)) {
            return true;
        }
        Conversations rows = vantage.seen().flows().conversations();
        for (int row = 0; row < rows.size(); row++) {
            int from = rows.address(row, 0).equals(way.from()) ? 0 : 1;
            if (rows.vni(row) == Sighting.UNDERLAY
                    && rows.protocol(row) != IpProtocol.ESP.code()
                    && rows.address(row, from).equals(way.from())
                    && rows.address(row, 1 - from).equals(way.to())
                    && rows.packets(row, from) > 0
                    && rows.last(row) > since) {
                return true;
            }
        }
        return false;
    }

    /** Whether VXLAN in clear was seen on this way, later than a moment: if it is lost, too, then ESP is not to blame. */
    private static boolean sendsClear(Vantage vantage, Way way, long since) {
        Tunnels tunnels = vantage.seen().tunnels();
        for (int row = 0; row < tunnels.size(); row++) {
            if (tunnels.source(row).equals(way.from())
                    && tunnels.destination(row).equals(way.to())
                    && tunnels.packets(row) > tunnels.encrypted(row)
                    && tunnels.last(row) > since) {
                return true;
            }
        }
        return false;
    }
}
