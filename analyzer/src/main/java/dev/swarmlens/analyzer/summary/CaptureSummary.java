package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.Fault;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.LinkType;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was counted at one {@link Origin}. An ordered monoid: {@link #absorb} adds what came later. */
public final class CaptureSummary {
    /** When there are too many flows, one in so many is forgotten. */
    private static final int FORGOTTEN_SHARE = 4;

    private long packets;
    private long bytes;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private final SortedSet<LinkType> linkTypes = new TreeSet<>(Comparator.comparingInt(LinkType::code));
    private int latestLinkType = -1;
    private final Map<Fault, Map<String, long[]>> problems = new EnumMap<>(Fault.class);
    private final Tunnels tunnels = new Tunnels();
    private final Passages passages = new Passages();
    private final EspTunnels espTunnels = new EspTunnels();
    private final ArpRequests arpRequests = new ArpRequests();
    private final Claims claims = new Claims();
    private final PacketSizes sizes = new PacketSizes();
    private final Gossip gossip = new Gossip();
    /** Or {@code null} if it is not kept. */
    private final GossipPackets gossipPackets;

    private final int maxFlows;
    private Flows flows = new Flows();
    /** Packets that the flows have not counted yet. */
    private final Sighting[] pending = new Sighting[Flows.BATCH];

    private final int[] pendingTunnels = new int[Flows.BATCH];
    private int pendingCount;

    /**
     * An empty summary.
     *
     * @param maxFlows how many flows to keep at most, at least 1; of more, the least recent are only summed up
     */
    public CaptureSummary(int maxFlows) {
        this(maxFlows, false);
    }

    /**
     * An empty summary.
     *
     * @param maxFlows how many flows to keep at most, at least 1; of more, the least recent are only summed up
     * @param keepGossip whether packets of gossip are kept whole, for who has its keys
     */
    public CaptureSummary(int maxFlows, boolean keepGossip) {
        this.maxFlows = maxFlows;
        gossipPackets = keepGossip ? new GossipPackets() : null;
        for (int i = 0; i < pending.length; i++) {
            pending[i] = new Sighting();
        }
    }

    /** A sighting to be filled in, and then seen. */
    public Sighting vacant() {
        return pending[pendingCount];
    }

    /**
     * Counts the frame that the {@link #vacant} sighting tells of.
     *
     * @param layers the dissected frame, whose faults are counted
     * @param linkType the frame's link type
     */
    public void see(Layers layers, LinkType linkType) {
        Sighting sighting = vacant();
        packets++;
        bytes += sighting.wireLength;
        first = Math.min(first, sighting.earliest());
        last = Math.max(last, sighting.time);
        if (linkType.code() != latestLinkType) {
            latestLinkType = linkType.code();
            linkTypes.add(linkType);
        }
        if (layers.hasFault()) {
            problem(layers.fault(), layers.faultProtocol(), 1);
        }
        if (sighting.hasEsp) {
            espTunnels.see(sighting);
        }
        int tunnel = -1;
        if (sighting.vni != Sighting.UNDERLAY) {
            tunnel = tunnels.see(sighting);
            if (sighting.hasIp) {
                claims.see(sighting);
            }
        } else if (sighting.hasArp) {
            arpRequests.see(sighting);
        } else if (sighting.hasIp && sighting.isGossip()) {
            gossip.see(sighting);
            if (gossipPackets != null) {
                gossipPackets.see(sighting, layers);
            }
        }
        if (tunnel >= 0 || sighting.hasEsp) {
            passages.see(sighting, tunnel);
        }
        if (sighting.hasIp) {
            sizes.see(sighting);
            pendingTunnels[pendingCount++] = tunnel;
            if (pendingCount == pending.length) {
                seePending();
            }
        }
    }

    private void seePending() {
        flows.see(pending, pendingTunnels, pendingCount);
        pendingCount = 0;
        boundFlows();
    }

    private void boundFlows() {
        if (flows.size() > maxFlows) {
            // more than one, so that this happens rarely
            flows = flows.mostRecent(maxFlows - maxFlows / FORGOTTEN_SHARE);
        }
    }

    private void problem(Fault fault, String protocol, long count) {
        problems.computeIfAbsent(fault, any -> new HashMap<>()).computeIfAbsent(protocol, any -> new long[1])[0] +=
                count;
    }

    /**
     * Adds what was counted later at the same origin; {@code later} shall not be used any more.
     *
     * @return this summary
     */
    public CaptureSummary absorb(CaptureSummary later) {
        packets += later.packets;
        bytes += later.bytes;
        first = Math.min(first, later.first);
        last = Math.max(last, later.last);
        linkTypes.addAll(later.linkTypes);
        later.problems.forEach(
                (fault, byProtocol) -> byProtocol.forEach((protocol, count) -> problem(fault, protocol, count[0])));
        int[] tunnelMap = tunnels.absorb(later.tunnels);
        passages.absorb(later.passages);
        espTunnels.absorb(later.espTunnels);
        arpRequests.absorb(later.arpRequests);
        claims.absorb(later.claims);
        sizes.absorb(later.sizes);
        gossip.absorb(later.gossip);
        if (gossipPackets != null && later.gossipPackets != null) {
            gossipPackets.absorb(later.gossipPackets);
        }
        flows().absorb(later.flows(), tunnel -> tunnelMap[tunnel]);
        boundFlows();
        return this;
    }

    /** How many frames there were. */
    public long packets() {
        return packets;
    }

    /** How many bytes they had on the wire. */
    public long bytes() {
        return bytes;
    }

    /** The earliest time, nanoseconds since 1970; {@link Long#MAX_VALUE} if no frame had a time. */
    public long first() {
        return first;
    }

    /** The latest time, nanoseconds since 1970; {@link Long#MIN_VALUE} if no frame had a time. */
    public long last() {
        return last;
    }

    /** The link types of the frames. */
    public SortedSet<LinkType> linkTypes() {
        return linkTypes;
    }

    /** How many frames had which fault; a key is protocol, full stop, fault. */
    public SortedMap<String, Long> problems() {
        SortedMap<String, Long> counts = new TreeMap<>();
        problems.forEach((fault, byProtocol) ->
                byProtocol.forEach((protocol, count) -> counts.put(protocol + "." + fault.code(), count[0])));
        return counts;
    }

    /** What went through tunnels. */
    public Tunnels tunnels() {
        return tunnels;
    }

    /** Which packets passed between tunnel endpoints. */
    public Passages passages() {
        return passages;
    }

    /** What went through ESP. */
    public EspTunnels espTunnels() {
        return espTunnels;
    }

    /** Which addresses were asked for by ARP. */
    public ArpRequests arpRequests() {
        return arpRequests;
    }

    /** Who sent from which overlay address. */
    public Claims claims() {
        return claims;
    }

    /** Which lengths packets had. */
    public PacketSizes sizes() {
        return sizes;
    }

    /** What nodes gossiped. */
    public Gossip gossip() {
        return gossip;
    }

    /** The packets that were gossiped; empty if they are not kept. */
    public Optional<GossipPackets> gossipPackets() {
        return Optional.ofNullable(gossipPackets);
    }

    /** Who talked to whom. */
    public Flows flows() {
        seePending();
        return flows;
    }
}
