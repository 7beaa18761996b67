package dev.swarmlens.codecs.arp;

import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.View;

/** A view of an {@link Arp} message. The address accessors hold for IPv4 over Ethernet, see {@link #isIpv4OverEthernet}. */
public final class ArpView extends View {
    private static final int SENDER_MAC = Arp.ADDRESSES;
    private static final int SENDER_IP = SENDER_MAC + MacAddress.LENGTH;
    private static final int TARGET_MAC = SENDER_IP + Ipv4Address.LENGTH;
    private static final int TARGET_IP = TARGET_MAC + MacAddress.LENGTH;

    /** The hardware type, 1 for Ethernet. */
    public int hardwareType() {
        return u16(Arp.HARDWARE_TYPE);
    }

    /** The EtherType of the protocol addresses. */
    public int protocolType() {
        return u16(Arp.PROTOCOL_TYPE);
    }

    /** Bytes in a hardware address. */
    public int hardwareLength() {
        return u8(Arp.HARDWARE_LENGTH);
    }

    /** Bytes in a protocol address. */
    public int protocolLength() {
        return u8(Arp.PROTOCOL_LENGTH);
    }

    /** The operation, 1 for a request, 2 for a reply. */
    public int operation() {
        return u16(Arp.OPERATION);
    }

    /** Whether the addresses are a MAC and an IPv4 address, by type and by length. */
    public boolean isIpv4OverEthernet() {
        return (hardwareType() == Arp.ETHERNET || hardwareType() == Arp.IEEE_802)
                && protocolType() == EtherType.IPV4.code()
                && hardwareLength() == MacAddress.LENGTH
                && protocolLength() == Ipv4Address.LENGTH;
    }

    /** The sender's MAC address, 48 bits. */
    public long senderMac() {
        return u48(SENDER_MAC);
    }

    /** The sender's IPv4 address. */
    public int senderIp() {
        return i32(SENDER_IP);
    }

    /** The target's MAC address, 48 bits. */
    public long targetMac() {
        return u48(TARGET_MAC);
    }

    /** The target's IPv4 address. */
    public int targetIp() {
        return i32(TARGET_IP);
    }

    @Override
    public int headerLength() {
        return Arp.ADDRESSES + 2 * (hardwareLength() + protocolLength());
    }

    @Override
    public Arp toHeader() {
        int senderProtocol = Arp.ADDRESSES + hardwareLength();
        int targetHardware = senderProtocol + protocolLength();
        int targetProtocol = targetHardware + hardwareLength();
        return new Arp(
                hardwareType(),
                new EtherType(protocolType()),
                operation(),
                bytes(Arp.ADDRESSES, senderProtocol),
                bytes(senderProtocol, targetHardware),
                bytes(targetHardware, targetProtocol),
                bytes(targetProtocol, headerLength()));
    }
}
