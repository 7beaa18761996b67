package dev.swarmlens.codecs;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A kind of code by which one protocol names the next: an EtherType, an IP protocol number, a UDP port.
 *
 * <p>A protocol package may make its own, so that others can bind to it in a {@link ProtocolRegistry}.
 */
public final class Binding {
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The link type of a capture, {@link LinkType}. */
    public static final Binding LINK_TYPE = new Binding("link type");
    /** The EtherType of Ethernet, VLAN tags, Linux cooked captures and more, {@link EtherType}. */
    public static final Binding ETHER_TYPE = new Binding("EtherType");
    /** What an Ethernet header with a length instead of a type is followed by: code 0 is IEEE 802.2. */
    public static final Binding IEEE_802_2 = new Binding("IEEE 802.2");
    /** The protocol number of IPv4 and IPv6, {@link IpProtocol}. */
    public static final Binding IP_PROTOCOL = new Binding("IP protocol");
    /** The destination port of UDP. */
    public static final Binding UDP_DESTINATION_PORT = new Binding("UDP destination port");

    private final String name;
    private final int index;

    /**
     * Makes a new kind of code.
     *
     * @param name what messages call it
     */
    public Binding(String name) {
        this.name = name;
        this.index = COUNT.getAndIncrement();
    }

    /** A small number of its own, so that a registry finds its table without hashing. */
    int index() {
        return index;
    }

    @Override
    public String toString() {
        return name;
    }
}
