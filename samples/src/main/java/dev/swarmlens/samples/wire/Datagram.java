package dev.swarmlens.samples.wire;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.ipv4.Ipv4;

/**
 * What a host sends: an IP packet whose addresses are left to its way, or an ARP message.
 *
 * @param identification of the IP header
 * @param dontFragment whether routers must not cut it
 * @param protocol what the transport header is
 * @param transport TCP, UDP, ICMP, or ARP without anything before it
 * @param payload what it carries
 * @param hash what the kernel adds to a flow when it chooses a tunnel's source port; TCP changes it after a timeout
 */
public record Datagram(
        int identification, boolean dontFragment, IpProtocol protocol, Header transport, Bytes payload, int hash) {
    /** An ARP message. */
    public static Datagram of(Arp message) {
        return new Datagram(0, false, new IpProtocol(0), message, Bytes.EMPTY, 0);
    }

    /** Whether it is an ARP message. */
    boolean isArp() {
        return transport instanceof Arp;
    }

    /** Bytes of the IPv4 packet, or of the ARP message. */
    public int length() {
        return isArp() ? transport.length() : Ipv4.MIN_LENGTH + transport.length() + payload.length();
    }
}
