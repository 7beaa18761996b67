package dev.swarmlens.analyzer.gossip;

/**
 * A row of the overlay peer table: behind which tunnel endpoint an address is.
 *
 * @param address in CIDR notation, such as {@code 10.0.1.5/24}
 * @param mac its MAC address
 * @param vtep the tunnel endpoint
 */
public record Peer(String address, String mac, String vtep) {
    /** The address alone. */
    public String ip() {
        int slash = address.indexOf('/');
        return slash < 0 ? address : address.substring(0, slash);
    }
}
