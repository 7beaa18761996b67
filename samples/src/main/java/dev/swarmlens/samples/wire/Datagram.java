package dev.swarmlens.samples.wire;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.ipv4.Ipv4;

/**
 * What a host sends: an IP packet whose addresses are left to its way.
 *
 * @param identification of the IP header
 * @param dontFragment whether routers must not cut it
 * @param protocol what the transport header is
 * @param transport TCP, UDP or ICMP
 * @param payload what it carries
 * @param hash what the kernel adds to a flow when it chooses a tunnel's source port; TCP changes it after a timeout
 */
public record Datagram(
        int identification, boolean dontFragment, IpProtocol protocol, Header transport, Bytes payload, int hash) {
    /** Bytes of the IP packet. */
    public int length() {
        return Ipv4.MIN_LENGTH + transport.length() + payload.length();
    }
}
