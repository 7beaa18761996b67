package dev.swarmlens.codecs.arp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Ranges;

/**
 * ARP message, RFC 826.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Hardware type         |         Protocol type         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | Hardware len  | Protocol len  |           Operation           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Sender hardware address, sender protocol address,           ...
 * |  target hardware address, target protocol address            ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>Addresses have the lengths that the message says; 6 and 4 for IPv4 over Ethernet.
 *
 * @param hardwareType 1 for Ethernet, 0 to 65535
 * @param protocolType the EtherType of the protocol addresses
 * @param operation 1 for a request, 2 for a reply, 0 to 65535
 * @param senderHardware the sender's hardware address
 * @param senderProtocol the sender's protocol address
 * @param targetHardware the target's hardware address, zeros in a request; as long as the sender's
 * @param targetProtocol the target's protocol address; as long as the sender's
 */
public record Arp(
        int hardwareType,
        EtherType protocolType,
        int operation,
        Bytes senderHardware,
        Bytes senderProtocol,
        Bytes targetHardware,
        Bytes targetProtocol)
        implements Header {
    static final int HARDWARE_TYPE = 0;
    static final int PROTOCOL_TYPE = HARDWARE_TYPE + 2;
    static final int HARDWARE_LENGTH = PROTOCOL_TYPE + 2;
    static final int PROTOCOL_LENGTH = HARDWARE_LENGTH + 1;
    static final int OPERATION = PROTOCOL_LENGTH + 1;
    static final int ADDRESSES = OPERATION + 2;
    /** Bytes on the wire for IPv4 over Ethernet. */
    public static final int IPV4_LENGTH = ADDRESSES + 2 * (MacAddress.LENGTH + Ipv4Address.LENGTH);

    /** Operation: who has the target address? */
    public static final int REQUEST = 1;
    /** Operation: the sender has its address. */
    public static final int REPLY = 2;
    /** Hardware type of Ethernet. */
    public static final int ETHERNET = 1;
    /** Hardware type of IEEE 802 networks, whose addresses are Ethernet's, RFC 1042. */
    public static final int IEEE_802 = 6;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number does not fit into its bits, an address is over 255 bytes, or sender's and
     *     target's addresses differ in length
     */
    public Arp {
        Ranges.checkBits("ARP hardware type", hardwareType, 16);
        Ranges.checkBits("ARP operation", operation, 16);
        Ranges.checkBits("ARP hardware length", senderHardware.length(), 8);
        Ranges.checkBits("ARP protocol length", senderProtocol.length(), 8);
        if (senderHardware.length() != targetHardware.length() || senderProtocol.length() != targetProtocol.length()) {
            throw new IllegalArgumentException("ARP addresses of sender and target differ in length");
        }
    }

    /** Asks who has an IPv4 address, over Ethernet; addresses in the usual notation. */
    public static Arp request(String sender, String senderIp, String targetIp) {
        return request(MacAddress.of(sender), Ipv4Address.of(senderIp), Ipv4Address.of(targetIp));
    }

    /** Answers such a request; addresses in the usual notation. */
    public static Arp reply(String sender, String senderIp, String target, String targetIp) {
        return reply(MacAddress.of(sender), Ipv4Address.of(senderIp), MacAddress.of(target), Ipv4Address.of(targetIp));
    }

    /** Asks who has an IPv4 address, over Ethernet. */
    public static Arp request(MacAddress sender, Ipv4Address senderIp, Ipv4Address targetIp) {
        return ofIpv4(REQUEST, sender, senderIp, new MacAddress(0), targetIp);
    }

    /** Answers such a request. */
    public static Arp reply(MacAddress sender, Ipv4Address senderIp, MacAddress target, Ipv4Address targetIp) {
        return ofIpv4(REPLY, sender, senderIp, target, targetIp);
    }

    private static Arp ofIpv4(
            int operation, MacAddress sender, Ipv4Address senderIp, MacAddress target, Ipv4Address targetIp) {
        return new Arp(
                ETHERNET,
                EtherType.IPV4,
                operation,
                sender.toBytes(),
                senderIp.toBytes(),
                target.toBytes(),
                targetIp.toBytes());
    }

    @Override
    public ArpProtocol protocol() {
        return ArpProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return ADDRESSES + 2 * (senderHardware.length() + senderProtocol.length());
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put16(frame, offset + HARDWARE_TYPE, hardwareType);
        BigEndian.put16(frame, offset + PROTOCOL_TYPE, protocolType.code());
        BigEndian.put8(frame, offset + HARDWARE_LENGTH, senderHardware.length());
        BigEndian.put8(frame, offset + PROTOCOL_LENGTH, senderProtocol.length());
        BigEndian.put16(frame, offset + OPERATION, operation);
        int at = offset + ADDRESSES;
        senderHardware.copyTo(frame, at);
        at += senderHardware.length();
        senderProtocol.copyTo(frame, at);
        at += senderProtocol.length();
        targetHardware.copyTo(frame, at);
        at += targetHardware.length();
        targetProtocol.copyTo(frame, at);
    }

    @Override
    public String toString() {
        if (!isIpv4OverEthernet()) {
            return new HeaderText("ARP operation " + operation)
                    .number("hardware type", hardwareType, -1)
                    .hex("protocol type", protocolType.code(), 4, -1)
                    .value("sender", senderHardware + " " + senderProtocol)
                    .value("target", targetHardware + " " + targetProtocol)
                    .toString();
        }
        String sender = mac(senderHardware) + " (" + ip(senderProtocol) + ")";
        String target = mac(targetHardware) + " (" + ip(targetProtocol) + ")";
        return switch (operation) {
            case REQUEST -> "ARP who has " + ip(targetProtocol) + "? tell " + sender;
            case REPLY -> "ARP " + ip(senderProtocol) + " is at " + mac(senderHardware) + ", to " + target;
            default -> "ARP operation " + operation + ", sender " + sender + ", target " + target;
        };
    }

    private boolean isIpv4OverEthernet() {
        return hardwareType == ETHERNET
                && protocolType.equals(EtherType.IPV4)
                && senderHardware.length() == MacAddress.LENGTH
                && senderProtocol.length() == Ipv4Address.LENGTH;
    }

    private static MacAddress mac(Bytes address) {
        return new MacAddress(BigEndian.u48(address.toArray(), 0));
    }

    private static Ipv4Address ip(Bytes address) {
        return new Ipv4Address((int) address.u32(0));
    }
}
