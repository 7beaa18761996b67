package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.gossip.MemberEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/**
 * The report, in the shape and the order of its JSON, schema version {@value #SCHEMA_VERSION}. What a capture cannot show is
 * {@code null}, never a guess and never zero. Times are nanoseconds since 1970 UTC, byte counts are of whole frames on the
 * wire, tunnel headers included.
 *
 * @param captures the files that were read
 * @param networks the overlay networks seen
 * @param underlay what packets outside of VXLAN were like
 * @param vteps the tunnel endpoints seen
 * @param tunnels what passed between each two of them
 * @param espTunnels what was sent through ESP
 * @param nodes who gossips with whom, and who manages
 * @param gossip what nodes gossip; {@code null} without keys
 * @param endpoints the overlay addresses that sent packets
 * @param containers the containers of which addresses sent packets; {@code null} without an inventory
 * @param flowsTotal how many flows there are
 * @param flows the largest of them
 * @param pathsTotal how many TCP connections there are of which the beginning was seen; {@code null} if paths were not asked for
 * @param paths the ways of some of them, those first that stopped; {@code null} if paths were not asked for
 * @param ingress how the routing mesh distributed connections, by service
 * @param pingsTotal how many pings there are
 * @param pings those of them with the most losses
 * @param egressTotal how many rows of egress there are
 * @param egress what left the swarm: those of them with the most connections
 * @param findings what is wrong, the worst first; {@code null} if nobody looked for it
 * @param notes what is assumed, what is not visible and why, in sentences
 */
public record Report(
        List<Capture> captures,
        List<Network> networks,
        Sizes underlay,
        List<Vtep> vteps,
        List<Tunnel> tunnels,
        List<EspTunnel> espTunnels,
        List<Node> nodes,
        Gossip gossip,
        List<Endpoint> endpoints,
        List<Container> containers,
        long flowsTotal,
        List<Flow> flows,
        Long pathsTotal,
        List<Path> paths,
        List<Ingress> ingress,
        long pingsTotal,
        List<Ping> pings,
        long egressTotal,
        List<Egress> egress,
        List<Finding> findings,
        List<String> notes) {
    /** The version of the JSON's schema. */
    public static final int SCHEMA_VERSION = 1;

    /**
     * Whether a node is a member for the managers and for nobody else: others gossip and it does not, for so long that it should
     * have been probed several times where it could be seen.
     */
    public boolean isLeftOut(Node node) {
        return node.stays(nodes.size())
                && node.isManaged()
                && !node.hasPart()
                && nodes.stream()
                        .anyMatch(other ->
                                other.gossip() != null && other.gossip().sent() > 0)
                && (node.captured() || nodes.stream().anyMatch(other -> other.captured() && other.hasPart()));
    }

    Report withNotes(List<String> newNotes) {
        return with(findings, newNotes);
    }

    /** This report, and another note. */
    public Report withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return withNotes(more);
    }

    /** This report, and what is wrong. */
    public Report withFindings(List<Finding> newFindings) {
        return with(newFindings, notes);
    }

    private Report with(List<Finding> newFindings, List<String> newNotes) {
        return new Report(
                captures,
                networks,
                underlay,
                vteps,
                tunnels,
                espTunnels,
                nodes,
                gossip,
                endpoints,
                containers,
                flowsTotal,
                flows,
                pathsTotal,
                paths,
                ingress,
                pingsTotal,
                pings,
                egressTotal,
                egress,
                newFindings,
                newNotes);
    }

    /** How bad a finding is, the worst last. */
    public enum Severity {
        /** Good to know. */
        INFO,
        /** It works, but not as it should, or not for long. */
        WARNING,
        /** Something does not work, or is not safe. */
        ERROR
    }

    /** How sure a finding is. */
    public enum Confidence {
        /** The packets look so, from one side; something else may look the same. */
        POSSIBLE,
        /** What else looks the same is ruled out as far as these captures can. */
        LIKELY,
        /** A second side, or a kernel's table, says the same. */
        PROVEN
    }

    /**
     * Something that is wrong in the swarm.
     *
     * @param id which failure, as docs/findings.md lists them
     * @param title the failure in a few words
     * @param subject what it befell: addresses, names and numbers by their roles
     * @param evidence frames that show it, at most ten
     * @param explanation what it means, for who runs the swarm
     * @param fix what to type, or to do
     * @param wouldProve which further capture or table would settle it; {@code null} if it is proven
     */
    public record Finding(
            String id,
            String title,
            Severity severity,
            Confidence confidence,
            SortedMap<String, String> subject,
            List<Evidence> evidence,
            String explanation,
            String fix,
            String wouldProve) {}

    /**
     * A frame that shows something.
     *
     * @param point where it was captured
     * @param file in which file
     * @param frame its number there, the first is 1
     * @param time when it was captured, nanoseconds since 1970, or {@code null}
     * @param note what it shows
     */
    public record Evidence(String point, String file, long frame, Long time, String note) {}

    /** Where a name or a kind comes from. */
    public enum Source {
        /** From what Docker printed. */
        INVENTORY,
        /** From what the swarm's nodes gossip. */
        GOSSIP,
        /** From Docker's habits, which fit the packets but are not in them. */
        ASSUMED,
        /** There is none. */
        UNKNOWN
    }

    /** On what a capture was taken, as its packets tell. */
    public enum CaptureKind {
        /** The interface by which a node reaches others. */
        UNDERLAY("underlay"),
        /** All interfaces of a node as one. */
        ANY("any"),
        /** The bridge by which containers leave their node, or one's leg on it. */
        DOCKER_GWBRIDGE("docker_gwbridge"),
        /** The interface of a node's load balancer in an overlay: the routing mesh's sandbox, or a network's. */
        LOAD_BALANCER("load balancer"),
        /** A container's interface in an overlay, or all of its interfaces. */
        CONTAINER("container"),
        /** An overlay's bridge on a node, {@code br0}. */
        OVERLAY_BRIDGE("br0"),
        /** An overlay's tunnel device on a node, {@code vxlan0}. */
        VXLAN("vxlan0"),
        /** One of the three before, and its packets do not tell which. */
        OVERLAY("in an overlay"),
        /** A place outside of the swarm that sees clients ask several nodes. */
        OUTSIDE("outside"),
        /** The packets do not tell. */
        UNKNOWN("?");

        private final String text;

        CaptureKind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A file that was read.
     *
     * @param kinds on what it was taken: one, or several if it has several interfaces; none if it is empty
     */
    public record Capture(
            String point,
            List<CaptureKind> kinds,
            String file,
            String format,
            List<String> linkTypes,
            long packets,
            long bytes,
            Long first,
            Long last,
            Long damagedAtOffset,
            Long skippedBytes,
            SortedMap<String, Long> problems) {

        Capture withKinds(List<CaptureKind> newKinds) {
            return new Capture(
                    point,
                    newKinds,
                    file,
                    format,
                    linkTypes,
                    packets,
                    bytes,
                    first,
                    last,
                    damagedAtOffset,
                    skippedBytes,
                    problems);
        }
    }

    /** An overlay network. */
    public record Network(
            int vni,
            String name,
            Source nameSource,
            List<String> subnets,
            List<String> assumedSubnets,
            Boolean encrypted,
            long packets,
            long bytes,
            List<String> vteps,
            long endpoints,
            Sizes sizes) {}

    /**
     * How large packets were, which tells the MTU from below.
     *
     * @param largestPacket the longest IP packet that was one frame on the wire, in bytes; {@code null} if there was none, or
     *     none of which this can be told
     * @param mss the MSS options of SYNs; {@code null} if there was no SYN with one
     */
    public record Sizes(Long largestPacket, Mss mss) {}

    /** The smallest and the largest MSS option, in bytes. */
    public record Mss(long smallest, long largest) {}

    /** A tunnel endpoint. */
    public record Vtep(
            String address,
            String node,
            List<String> macs,
            List<Integer> vnis,
            long packetsSent,
            long bytesSent,
            long packetsReceived,
            long bytesReceived) {}

    /**
     * What was sent through ESP under one SPI.
     *
     * @param fromNode the sending node's name, or {@code null}
     * @param toNode the receiving node's name, or {@code null}
     * @param spi the security parameters index, in hexadecimal digits behind {@code 0x}
     * @param keyTag which generation of a swarm's keys this is, by the SPI; {@code null} if it is not a swarm's, as far as can
     *     be told
     * @param advertised the addresses that give the SPI, if they are not those of the packets; else {@code null}
     * @param packets the most packets that one point saw
     * @param bytes the most bytes that one point saw
     * @param lowestSequence the lowest sequence number
     * @param highestSequence the highest sequence number
     * @param missing how many sequence numbers between them no point saw
     * @param opened how many packets were opened with a key
     * @param refused how many packets the keys for their SPI did not open
     * @param cut how many packets no key opens, since they were cut by the capture or are fragments
     * @param points what each point saw
     */
    public record EspTunnel(
            String from,
            String fromNode,
            String to,
            String toNode,
            String spi,
            Integer keyTag,
            EspAddresses advertised,
            long packets,
            long bytes,
            Long first,
            Long last,
            long lowestSequence,
            long highestSequence,
            long missing,
            long opened,
            long refused,
            long cut,
            List<EspPoint> points) {}

    /** The addresses by which two nodes know each other in a swarm. */
    public record EspAddresses(String from, String to) {}

    /**
     * What one point saw of an ESP tunnel.
     *
     * @param missing how many sequence numbers between the lowest and the highest it saw were not among its packets
     * @param repeated how many of its packets had a sequence number that it had seen before
     */
    public record EspPoint(String point, long packets, long missing, long repeated) {}

    /** Packets that a node sent, and those that were sent to it. */
    public record Traffic(long sent, long received) {
        Traffic plus(Traffic other) {
            return new Traffic(sent + other.sent, received + other.received);
        }
    }

    /**
     * A member of the swarm, as the underlay shows it. Counts are {@code null} where no capture shows what nodes send to each
     * other, and else of what passed captured nodes.
     *
     * @param name the node's name, or {@code null}
     * @param manager whether it answers on the managers' port, or is a manager by the inventory; {@code null} if not known
     * @param captured whether a capture was taken on it, so that what is not counted was not there
     * @param management packets on the managers' port
     * @param gossip packets of gossip on UDP
     * @param overlay packets of VXLAN or ESP
     * @param largestMessage the longest encrypted message that it sent on a gossip stream, in bytes; a synchronisation is one
     *     message of the size of the state; {@code null} if none began in the captures
     * @param first when it was first heard of as a node
     * @param last when it was last heard of as a node
     * @param peers the nodes that it gossips with, or tries to
     */
    public record Node(
            String address,
            String name,
            Boolean manager,
            boolean captured,
            Traffic management,
            Traffic gossip,
            Traffic overlay,
            Long largestMessage,
            Long first,
            Long last,
            List<Peer> peers) {
        /** Each node probes another one each second, so that in a swarm of so many it is probed about thrice in so long. */
        private static final long MOMENT = 3_000_000_000L;

        private static final int FEW = 4;

        /** Whether it was heard of for so long that in a swarm of some nodes others should have gossiped with it. */
        public boolean stays(int swarm) {
            return first != null && last - first >= MOMENT * Math.max(FEW, swarm);
        }

        /** Whether it asks managers. */
        public boolean isManaged() {
            return management != null && management.sent() > 0;
        }

        /** Whether it was seen to gossip, or to send or receive anything of an overlay. */
        public boolean hasPart() {
            return !peers.isEmpty() || overlay != null && overlay.sent() + overlay.received() > 0;
        }
    }

    /**
     * Another node, as a node gossips with it.
     *
     * @param address the other one
     * @param gossip UDP packets to it and from it
     * @param probes UDP packets to it that ask whether it is alive, by their length
     * @param acknowledgments UDP packets from it that say so, by their length
     * @param unanswered when at least three probes in a row were not acknowledged
     * @param streams TCP connections that were begun to it
     * @param streamsAnswered those of them that it accepted
     * @param largestMessage the longest encrypted message that was sent to it on a stream, in bytes, or {@code null}
     */
    public record Peer(
            String address,
            Traffic gossip,
            long probes,
            long acknowledgments,
            List<Unanswered> unanswered,
            long streams,
            long streamsAnswered,
            Long largestMessage) {}

    /**
     * A time in which probes were not acknowledged.
     *
     * @param first when the first was sent
     * @param last when the last was sent
     * @param probes how many
     * @param heard how many packets of gossip came from the other in between; 0 if it was silent
     * @param lastHeard when the last of them came
     */
    public record Unanswered(Long first, Long last, long probes, long heard, Long lastHeard) {}

    /**
     * What nodes gossip, for who has the keys.
     *
     * @param opened how many messages a key has opened; one that several captures saw counts once
     * @param notOpened how many none opens
     * @param malformed how many packets do not keep to the format, or were captured in part
     * @param events who came and went, oldest first
     * @param entries what is told of overlay addresses, by network and address
     */
    public record Gossip(
            long opened, long notOpened, long malformed, List<GossipEvent> events, List<GossipEntry> entries) {}

    /**
     * That a member of the swarm came or went.
     *
     * @param time when it was first told
     * @param member its name in gossip
     * @param address its address, or {@code null}
     * @param event what happened
     * @param by the name in gossip of who says so, or {@code null}
     */
    public record GossipEvent(Long time, String member, String address, MemberEvent.Kind event, String by) {}

    /**
     * What is gossiped of an overlay address.
     *
     * @param network the network's identifier
     * @param vni the network's number, which gossip does not carry: by the inventory, or by what its addresses sent; or {@code null}
     * @param ip the address
     * @param mac its MAC, or {@code null}
     * @param vtep the tunnel endpoint that it is behind, or {@code null}
     * @param name what it is called, or {@code null}
     * @param service the service's name, or {@code null}
     * @param virtualIp the service's address in the network, or {@code null}
     * @param publishedPorts the service's, such as {@code 8080:80/tcp}
     * @param by the name in gossip of who says so
     * @param first when it was first told
     * @param last when it was last told
     * @param deleted whether it was deleted at last
     */
    public record GossipEntry(
            String network,
            Integer vni,
            String ip,
            String mac,
            String vtep,
            String name,
            String service,
            String virtualIp,
            List<String> publishedPorts,
            String by,
            Long first,
            Long last,
            boolean deleted) {}
    /** What packets between nodes are wrapped in. */
    public enum Encapsulation {
        /** In VXLAN, in clear. */
        VXLAN,
        /** In ESP: encrypted networks. */
        ESP
    }

    /**
     * What passed from one tunnel endpoint to another: what the one sent held against what the other received. What needs the
     * captures of both ends is {@code null} without.
     *
     * @param sent packets at the sender; {@code null} if nothing was captured there
     * @param received packets at the receiver, where network cards merge some; {@code null} if nothing was captured there
     * @param compared how many were looked for at the receiver: those sent while it was captured, or a sample of them
     * @param oneIn of how many one was in the sample, more or less; 1 if all were
     * @param lost how many of those compared have not arrived, or not whole
     * @param reordered how many arrived after one that was sent later
     * @param transitMicros by the two clocks as they are: the receiver's time less the sender's
     * @param clockOffsetMicros by how much the receiver's clock is ahead of the sender's: half of what the soonest packets of both
     *     directions differ by; {@code null} if they cannot be compared in both
     * @param delayMicros the same as transit, the clocks set right
     * @param lostPackets the first of those lost
     */
    public record Tunnel(
            String from,
            String to,
            Encapsulation encapsulation,
            Long sent,
            Long received,
            Long compared,
            Long oneIn,
            Long lost,
            Long firstLost,
            Long lastLost,
            Long reordered,
            Delay transitMicros,
            Long clockOffsetMicros,
            Delay delayMicros,
            List<LostPacket> lostPackets) {}

    /** How long packets took from one node to another. */
    public record Delay(long min, long median, long max) {}

    /**
     * A packet that was sent and not received, by what it is found with in the sender's capture.
     *
     * @param protocol the inner one; {@code null} where it is not known
     * @param sequenceNumber TCP's, an echo's, or ESP's
     * @param securityAssociation ESP's
     */
    public record LostPacket(
            Long time,
            Integer vni,
            String protocol,
            Socket from,
            Socket to,
            Integer outerIdentification,
            Integer identification,
            Long sequenceNumber,
            Long securityAssociation) {}

    /** What an overlay address belongs to. */
    public enum Kind {
        /** A container. */
        CONTAINER,
        /** A node's sandbox, in whose name it forwards connections to tasks. */
        LOAD_BALANCER,
        /** Not known. */
        UNKNOWN
    }

    /**
     * An overlay address that sent packets.
     *
     * @param contested whether several claimed it at once, or in turn again and again
     * @param turns how often another claimant sent than before, and one more
     * @param moves how it went from one claimant to the next; empty if it is contested
     */
    public record Endpoint(
            int vni,
            String ip,
            String mac,
            String vtep,
            Kind kind,
            Source kindSource,
            String name,
            long packetsSent,
            Long first,
            Long last,
            List<Claim> claims,
            boolean contested,
            long turns,
            List<Move> moves) {
        /** The claim of its owner. */
        public Claim owner() {
            return claims.get(0);
        }
    }

    /**
     * That an overlay address was sent from a tunnel endpoint with a MAC address.
     *
     * @param intervals when its claimant sent without another in between; of very many, the first and the last
     * @param confirmedBy tables that say the same; {@code null} if no kernel's tables are there
     * @param contradictedBy tables that say otherwise; {@code null} if no kernel's tables are there
     */
    public record Claim(
            String vtep,
            String mac,
            long packets,
            Long first,
            Long last,
            List<Interval> intervals,
            List<KernelMark> confirmedBy,
            List<KernelMark> contradictedBy) {}

    /**
     * A container, by the inventory, and all of its addresses: overlays first.
     *
     * @param vtep the tunnel endpoint that its packets came from
     */
    public record Container(String id, String name, String service, String vtep, List<ContainerAddress> addresses) {}

    /**
     * An address of a container, by the inventory.
     *
     * @param network the network's name
     * @param overlay whether that is an overlay
     * @param vni in which it sent packets; {@code null} if it sent none
     * @param packetsSent how many packets it sent in VXLAN
     */
    public record ContainerAddress(
            String network, boolean overlay, Integer vni, String ip, String mac, long packetsSent) {}

    /** From the first packet to the last. */
    public record Interval(Long first, Long last) {}

    /**
     * That an overlay address went from one claimant to another.
     *
     * @param silentSince when it was last sent from where it was
     * @param at when it was first sent from where it went
     */
    public record Move(String fromVtep, String fromMac, String toVtep, String toMac, Long silentSince, Long at) {}

    /**
     * Something that a table of a node's kernel said, or one that nodes gossip.
     *
     * @param node whose kernel, or who wrote it
     * @param table {@code fdb}, where key is a MAC and value the VTEP it is behind; {@code neigh}, where key is an overlay address
     *     and value its MAC; or {@code overlay_peer_table}, which is gossiped, where key is an overlay address and value the VTEP
     * @param device the device that the entry belongs to; of what is gossiped the network's identifier
     * @param key what is looked up
     * @param value what the table gives for it
     * @param at the moments at which it said so, as far as they are known
     */
    public record KernelMark(String node, String table, String device, String key, String value, List<Long> at) {}

    /** An address and a port; the port is {@code null} where the protocol has none. */
    public record Socket(String ip, Integer port) implements Comparable<Socket> {
        /** By address, as text, and by port. */
        @Override
        public int compareTo(Socket other) {
            int byIp = ip.compareTo(other.ip);
            return byIp != 0 ? byIp : Integer.compare(port == null ? 0 : port, other.port == null ? 0 : other.port);
        }

        @Override
        public String toString() {
            return port == null ? ip : (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + port;
        }
    }

    /** All that two endpoints said to each other. */
    public record Flow(
            Integer vni,
            String protocol,
            Socket initiator,
            Socket responder,
            String initiatorVtep,
            String responderVtep,
            List<String> points,
            Long first,
            Long last,
            long packetsForward,
            long packetsReverse,
            long bytesForward,
            long bytesReverse,
            Tcp tcp,
            Icmp icmp) {
        /** Packets of both directions. */
        public long packets() {
            return packetsForward + packetsReverse;
        }

        /** Bytes of both directions. */
        public long bytes() {
            return bytesForward + bytesReverse;
        }
    }

    /**
     * The way of a TCP connection: where it was seen, from who began it to who answers.
     *
     * @param start when it was seen first
     * @param client who began it, on the first leg
     * @param asked whom it asked there
     * @param stopped where its packets stopped; {@code null} if none is missing anywhere
     */
    public record Path(Long start, Socket client, Socket asked, List<Hop> hops, Stop stopped) {}

    /**
     * A capture that saw a connection, or did not though it should have.
     *
     * @param vni the overlay in which it was seen; {@code null} outside of tunnels
     * @param from who sent, after all translation of addresses up to here
     * @param packetsForward from who began it
     * @param dataForward bytes of data from who began it, those sent twice counted once
     * @param first when it was seen here first; {@code null} if it was not
     */
    public record Hop(
            String point,
            CaptureKind kind,
            Integer vni,
            Socket from,
            Socket to,
            long packetsForward,
            long packetsReverse,
            long dataForward,
            long dataReverse,
            Long first) {}

    /**
     * Where something stopped.
     *
     * @param answer whether it is the answer that stopped, or part of it; else what who began it has sent
     * @param after the hop that saw it last, by its place in the list
     * @param before the hop that should have seen it next; {@code null} if nothing was captured there
     */
    public record Stop(boolean answer, int after, Integer before) {}

    /** What TCP tells of a flow: the latest connection's state, the first handshake's time. */
    public record Tcp(TcpState state, long connections, Long handshakeMicros, long retransmittedBytes) {}

    /** How far a TCP connection came. */
    public enum TcpState {
        /** A SYN, and no answer. */
        UNANSWERED,
        /** A SYN and its answer. */
        ESTABLISHED,
        /** Both sides finished. */
        CLOSED,
        /** One side reset it. */
        RESET,
        /** Its beginning is not in the capture. */
        MIDSTREAM
    }

    /** The echo requests and replies of a flow. */
    public record Icmp(long requests, long replies, Rtt rttMicros) {}

    /** Round-trip times in microseconds. */
    public record Rtt(long min, long median, long max) {}

    /**
     * The echo requests of one identifier from one address to another.
     *
     * @param vni the overlay in which it crossed nodes; {@code null} if it was only seen outside of VXLAN
     * @param lost requests without a reply
     */
    public record Ping(
            Integer vni,
            String from,
            String fromName,
            String fromVtep,
            String to,
            String toName,
            String toVtep,
            int identifier,
            List<String> points,
            Long first,
            Long last,
            long requests,
            long replies,
            long lost,
            Rtt rttMicros) {}

    /** Where something was seen that left the swarm. */
    public enum Via {
        /** On the bridge by which containers leave, with their own addresses. */
        DOCKER_GWBRIDGE,
        /** On the underlay, with the node's address. */
        UNDERLAY
    }

    /**
     * Connections from one address to a port outside of the swarm.
     *
     * @param container the container's name by the inventory, or {@code null}
     * @param unanswered those to which no packet came back
     */
    public record Egress(
            Key key,
            String container,
            long connections,
            long unanswered,
            long packets,
            long bytes,
            Long first,
            Long last) {
        /**
         * Which connections.
         *
         * @param node on which node it was seen, or whose address it has; {@code null} if not known
         */
        public record Key(Via via, String node, String from, String protocol, Socket to) implements Comparable<Key> {
            private static final Comparator<Key> ORDER = Comparator.comparing(Key::via)
                    .thenComparing(Key::node, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(Key::from)
                    .thenComparing(Key::protocol)
                    .thenComparing(Key::to);

            @Override
            public int compareTo(Key other) {
                return ORDER.compare(this, other);
            }
        }

        Egress plus(Egress other) {
            return new Egress(
                    key,
                    container,
                    connections + other.connections,
                    unanswered + other.unanswered,
                    packets + other.packets,
                    bytes + other.bytes,
                    earlier(first, other.first),
                    later(last, other.last));
        }

        private static Long earlier(Long one, Long other) {
            return one == null || other != null && other < one ? other : one;
        }

        private static Long later(Long one, Long other) {
            return one == null || other != null && other > one ? other : one;
        }
    }

    /**
     * How a service's connections were distributed: by the routing mesh, or in a network of the user's where its virtual
     * address was asked.
     *
     * @param vni the network over which tasks were reached; {@code null} if the routing mesh's is not known
     * @param mesh whether this is the routing mesh
     * @param notes why a port or a client always met the same task, where one did
     */
    public record Ingress(
            Integer vni,
            String network,
            boolean mesh,
            String service,
            String protocol,
            List<Integer> publishedPorts,
            List<Entry> entries,
            List<String> notes,
            long connectionsTotal,
            List<Connection> connections) {}

    /** A node through which connections came in. */
    public record Entry(
            String node,
            String address,
            String loadBalancerIp,
            boolean captured,
            Connections connections,
            List<Backend> backends,
            RoundRobin roundRobin,
            Fairness fairness,
            Ipvs ipvs) {}

    /**
     * What an entry node's own counters rose by.
     *
     * @param from when they were read first
     * @param to when they were read last
     * @param backends the tasks of the service, those on the node itself included
     */
    public record Ipvs(long from, long to, List<IpvsBackend> backends) {}

    /** How many connections IPVS gave to a task. */
    public record IpvsBackend(String ip, long connections) {}

    /** How many connections an entry node took, and what became of them. */
    public record Connections(Long fromClients, long overOverlay, Long localInferred, Long refusedOrLost) {}

    /** A task that an entry node sent connections to, over the overlay. */
    public record Backend(
            String ip,
            String vtep,
            String task,
            List<Integer> ports,
            long connections,
            long unanswered,
            long bytes,
            Double share,
            Double expectedShare) {}

    /**
     * Whether connections went to the backends in turn.
     *
     * @param backends how many there were at last
     * @param changes since when there were how many, oldest first; one if they never changed
     */
    public record RoundRobin(int backends, long inOrder, long outOfOrder, List<Backends> changes) {}

    /** How many backends a wheel had from then on. */
    public record Backends(Long from, int backends) {}

    /** How evenly connections were spread over the backends seen on the wire. */
    public record Fairness(double jain, long maxMinusMin, Double chiSquareP) {}

    /**
     * One balanced connection, leg by leg.
     *
     * @param destination what the client asked: the entry node's published port, or a virtual address
     * @param gateway where it came into the node's routing mesh, on docker_gwbridge
     * @param vtep the node of the task
     */
    public record Connection(
            Socket client,
            Socket destination,
            String entry,
            Socket gateway,
            Socket loadBalancer,
            String vtep,
            Socket task,
            String correlatedBy,
            Long start) {}
}
