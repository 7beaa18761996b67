package dev.swarmlens.codecs.arp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;
import java.util.function.ToLongFunction;

/** ARP: nothing follows. */
public final class ArpProtocol extends Protocol {
    /** The one instance. */
    public static final ArpProtocol INSTANCE = new ArpProtocol();

    private ArpProtocol() {}

    @Override
    public String name() {
        return "arp";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        if (start + Arp.ADDRESSES > end) {
            layers.tooShort(this, start, Arp.ADDRESSES, end);
            return;
        }
        int addresses =
                BigEndian.u8(frame, start + Arp.HARDWARE_LENGTH) + BigEndian.u8(frame, start + Arp.PROTOCOL_LENGTH);
        int length = Arp.ADDRESSES + 2 * addresses;
        if (start + length > end) {
            layers.tooShort(this, start, length, end);
            return;
        }
        // what follows an ARP message is padding, so its extent ends with it
        int payload = layers.narrow(this, start, length, "arp");
        layers.push(this, start, payload, payload);
    }

    @Override
    public ArpView newView() {
        return new ArpView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("arp.hw.type", "Hardware type", ArpView::hardwareType),
                Field.ofHex("arp.proto.type", "Protocol type", 4, ArpView::protocolType),
                Field.ofDecimal("arp.hw.size", "Hardware size", ArpView::hardwareLength),
                Field.ofDecimal("arp.proto.size", "Protocol size", ArpView::protocolLength),
                Field.ofDecimal("arp.opcode", "Opcode", ArpView::operation),
                ofEthernet("arp.src.hw_mac", "Sender MAC address", ArpView::senderMac),
                ofIpv4("arp.src.proto_ipv4", "Sender IP address", ArpView::senderIp),
                ofEthernet("arp.dst.hw_mac", "Target MAC address", ArpView::targetMac),
                ofIpv4("arp.dst.proto_ipv4", "Target IP address", ArpView::targetIp));
    }

    private static Field ofEthernet(String name, String label, ToLongFunction<ArpView> mac) {
        return Field.ofMac(name, label, (ArpView view) -> view.isEthernet() ? ofWhole(view, mac) : Field.ABSENT);
    }

    private static Field ofIpv4(String name, String label, ToLongFunction<ArpView> ip) {
        return Field.ofIpv4(name, label, (ArpView view) -> view.isIpv4() ? ofWhole(view, ip) : Field.ABSENT);
    }

    /** Wireshark reads all addresses before it shows one. */
    private static long ofWhole(ArpView view, ToLongFunction<ArpView> address) {
        view.demandAll();
        return address.applyAsLong(view);
    }
}
