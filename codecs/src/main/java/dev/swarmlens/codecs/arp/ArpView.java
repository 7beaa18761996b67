package dev.swarmlens.codecs.arp;

import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.View;

/** A view of an {@link Arp} message. The address accessors hold for what {@link #isEthernet} and {@link #isIpv4} say. */
public final class ArpView extends View {

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
        return isEthernet() && isIpv4();
    }

    /** Whether the hardware addresses are MAC addresses, by type and by length. */
    public boolean isEthernet() {
        return (hardwareType() == Arp.ETHERNET || hardwareType() == Arp.IEEE_802)
                && hardwareLength() == MacAddress.LENGTH;
    }

    /** Whether the protocol addresses are IPv4 addresses, by type and by length. */
    public boolean isIpv4() {
        return protocolType() == EtherType.IPV4.code() && protocolLength() == Ipv4Address.LENGTH;
    }

    /** The sender's MAC address, 48 bits. */
    public long senderMac() {
        return u48(Arp.ADDRESSES);
    }

    /** The sender's IPv4 address. */
    public int senderIp() {
        return i32(senderProtocolAt());
    }

    /** The target's MAC address, 48 bits. */
    public long targetMac() {
        return u48(targetHardwareAt());
    }

    /** The target's IPv4 address. */
    public int targetIp() {
        return i32(targetProtocolAt());
    }

    void demandAll() {
        demand(headerLength());
    }

    private int senderProtocolAt() {
        return Arp.ADDRESSES + hardwareLength();
    }

    private int targetHardwareAt() {
        return senderProtocolAt() + protocolLength();
    }

    private int targetProtocolAt() {
        return targetHardwareAt() + hardwareLength();
    }

    @Override
    public int headerLength() {
        return targetProtocolAt() + protocolLength();
    }

    @Override
    public Arp toHeader() {
        return new Arp(
                hardwareType(),
                new EtherType(protocolType()),
                operation(),
                bytes(Arp.ADDRESSES, senderProtocolAt()),
                bytes(senderProtocolAt(), targetHardwareAt()),
                bytes(targetHardwareAt(), targetProtocolAt()),
                bytes(targetProtocolAt(), headerLength()));
    }
}
