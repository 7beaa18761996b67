package dev.swarmlens.analyzer.sighting;

import dev.swarmlens.codecs.IpProtocol;

/**
 * One packet, seen once: who sent what to whom, on the underlay or inside which overlay. Nothing after it touches header
 * offsets.
 *
 * <p>It is reused from frame to frame, so that a capture of any size allocates one. Addresses are halves of an
 * {@link Address}. Fields without a meaning for the packet at hand are undefined; the {@code has…} fields say which count.
 */
public final class Sighting {
    private static final long DOCKER_PREFIX = 0x0242L << Integer.SIZE;

    /** The value of {@link #vni} on the underlay. */
    public static final int UNDERLAY = -1;

    /** The port, of UDP and of TCP, on which the nodes of a swarm gossip. */
    public static final int GOSSIP_PORT = 7946;
    /** The TCP port on which managers serve the nodes of a swarm. */
    public static final int MANAGEMENT_PORT = 2377;

    /** Nanoseconds since 1970 UTC; {@link Long#MIN_VALUE} if the capture does not say. */
    public long time;
    /** How long the whole frame was on the wire, in bytes, tunnel headers included. */
    public int wireLength;

    /** The VXLAN network identifier, or {@link #UNDERLAY}. Of nested tunnels, the innermost counts. */
    public int vni;
    /** The tunnel endpoint that sent the packet. */
    public long vtepSourceHigh;
    /** The tunnel endpoint that sent the packet. */
    public long vtepSourceLow;
    /** The tunnel endpoint that shall receive the packet. */
    public long vtepDestinationHigh;
    /** The tunnel endpoint that shall receive the packet. */
    public long vtepDestinationLow;
    /** The outer source MAC address, 48 bits; 0 without Ethernet. */
    public long vtepMac;

    /** Whether ESP on the underlay carries the packet, or is the packet; only then the fields of ESP count. */
    public boolean hasEsp;
    /** The sender of ESP. */
    public long espSourceHigh;
    /** The sender of ESP. */
    public long espSourceLow;
    /** The receiver of ESP. */
    public long espDestinationHigh;
    /** The receiver of ESP. */
    public long espDestinationLow;
    /** ESP's security parameters index, 32 bits. */
    public int espSpi;
    /** ESP's sequence number, 32 bits. */
    public int espSequence;
    /** Whether ESP is here from its beginning to its end, so that it can be opened: not cut by the capture, and no fragment. */
    public boolean isEspWhole;
    /** Whether ESP was opened with a key, so that the other fields tell what is inside. */
    public boolean isEspOpened;
    /** Whether there were keys for this ESP, and none of them opened it. */
    public boolean isEspRefused;

    /** Whether there is an ARP message, the innermost; only then the fields of ARP count. */
    public boolean hasArp;
    /** ARP's operation, 1 for a request; 0 if the addresses are not IPv4's. */
    public int arpOperation;
    /** The IPv4 address that ARP's sender says is its own. */
    public int arpSender;
    /** The IPv4 address that ARP asks for. */
    public int arpTarget;
    /** The identification in the outer IPv4 header, which no hop changes; 0 without one. */
    public int vtepIdentification;
    /** Whether there is an IP packet; if not, only the fields above count. */
    public boolean hasIp;
    /** The innermost sender's MAC address, 48 bits; 0 without Ethernet. */
    public long sourceMac;
    /** The innermost IP source. */
    public long sourceHigh;
    /** The innermost IP source. */
    public long sourceLow;
    /** The innermost IP destination. */
    public long destinationHigh;
    /** The innermost IP destination. */
    public long destinationLow;
    /** The innermost IP protocol number, 0 to 255. */
    public int protocol;
    /** The innermost time to live, 0 to 255. */
    public int timeToLive;
    /** The innermost IPv4 header's identification, 0 to 65535; 0 without one. */
    public int identification;
    /** How long the innermost IP packet says it is, header included, in bytes. */
    public int ipLength;
    /** Whether a tunnel's packet around it came in several frames, so that it was longer than this one. */
    public boolean isOuterFragment;
    /** Whether a tunnel's header around it has flags or reserved bits that Linux does not accept. */
    public boolean isIrregular;

    /** The source port of TCP or UDP; the identifier in an ICMP echo request; 0 if there is none. */
    public int sourcePort;
    /** The destination port of TCP or UDP; the identifier in an ICMP echo reply; 0 if there is none. */
    public int destinationPort;

    /** Whether there is a TCP header. */
    public boolean hasTcp;
    /** TCP's flags. */
    public int tcpFlags;
    /** TCP's sequence number, 32 bits. */
    public int sequenceNumber;
    /** TCP's acknowledgment number, 32 bits. */
    public int acknowledgmentNumber;
    /** How many bytes of data TCP carries, on the wire. */
    public int tcpPayload;
    /** The timestamp value of a segment with SYN, or −1. */
    public long timestampValue;
    /** The MSS option of a segment with SYN, 0 to 65535, or −1. */
    public int maximumSegmentSize;

    /** How long a message is that may begin with this segment, if it is of encrypted gossip, in bytes; −1 if it is not. */
    public long gossipLength;

    /** Whether this is an ICMP echo request or reply. */
    public boolean hasEcho;
    /** Whether it is the request. */
    public boolean echoRequest;
    /** The echo's sequence number, 0 to 65535. */
    public int echoSequence;

    /** A sighting of nothing. */
    public Sighting() {}

    /** Whether the innermost IP packet is one of IPv4. */
    public boolean isIpv4() {
        return Address.isIpv4(sourceHigh, sourceLow);
    }

    /** Whether this may be gossip between two nodes: it is on its port, outside of the overlays. */
    public boolean isGossip() {
        return vni == UNDERLAY
                && (sourcePort == GOSSIP_PORT || destinationPort == GOSSIP_PORT)
                && (hasTcp || protocol == IpProtocol.UDP.code());
    }

    /** Whether the sender's MAC address is the one that Docker makes of its IPv4 address: {@code 02:42} and the address. */
    public boolean hasDockerMac() {
        return sourceMac == (DOCKER_PREFIX | sourceLow & 0xffff_ffffL) && isIpv4();
    }

    /** The time where the earliest of several is looked for: {@link Long#MAX_VALUE} if the capture does not say. */
    public long earliest() {
        return time == Long.MIN_VALUE ? Long.MAX_VALUE : time;
    }
}
