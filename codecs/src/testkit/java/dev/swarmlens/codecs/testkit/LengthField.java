package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.ipv6extension.Ipv6Extension;
import dev.swarmlens.codecs.llc.Llc;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.Vlan;
import java.util.ArrayList;
import java.util.List;

/**
 * A field that says how long something is.
 *
 * @param name Wireshark's name of it
 * @param offset of its first byte from the beginning of the header, later of the frame
 * @param mask its bits, in the one or two bytes that it stands in
 */
record LengthField(String name, int offset, int mask) {
    private static final int LOWER_NIBBLE = 0x0f;
    private static final int UPPER_NIBBLE = 0xf0;
    private static final int ONE_BYTE = 0xff;
    private static final int TWO_BYTES = 0xffff;

    private static final LengthField ETHERNET = new LengthField("eth.len", 12, TWO_BYTES);
    private static final LengthField VLAN = new LengthField("vlan.len", 2, TWO_BYTES);
    private static final LengthField ARP_HARDWARE = new LengthField("arp.hw.size", 4, ONE_BYTE);
    private static final LengthField ARP_PROTOCOL = new LengthField("arp.proto.size", 5, ONE_BYTE);
    private static final LengthField IPV4_HEADER = new LengthField("ip.hdr_len", 0, LOWER_NIBBLE);
    private static final LengthField IPV4_TOTAL = new LengthField("ip.len", 2, TWO_BYTES);
    private static final LengthField IPV6_PAYLOAD = new LengthField("ipv6.plen", 4, TWO_BYTES);
    private static final LengthField IPV6_EXTENSION = new LengthField("ipv6.opt.length", 1, ONE_BYTE);
    private static final LengthField UDP = new LengthField("udp.length", 4, TWO_BYTES);
    private static final LengthField TCP_HEADER = new LengthField("tcp.hdr_len", 12, UPPER_NIBBLE);

    /** All of them in a packet, outermost first; those of protocols of third parties are not known. */
    static List<LengthField> of(Packet packet) {
        List<LengthField> fields = new ArrayList<>();
        List<Header> layers = packet.layers();
        int start = 0;
        for (int i = 0; i < layers.size(); i++) {
            boolean beforeLlc = i + 1 < layers.size() && layers.get(i + 1) instanceof Llc;
            for (LengthField field : of(layers.get(i), beforeLlc)) {
                fields.add(new LengthField(field.name, start + field.offset, field.mask));
            }
            start += layers.get(i).length();
        }
        return fields;
    }

    private static List<LengthField> of(Header header, boolean beforeLlc) {
        if (header instanceof Ethernet && beforeLlc) {
            return List.of(ETHERNET);
        } else if (header instanceof Vlan && beforeLlc) {
            return List.of(VLAN);
        } else if (header instanceof Arp) {
            return List.of(ARP_HARDWARE, ARP_PROTOCOL);
        } else if (header instanceof Ipv4) {
            return List.of(IPV4_HEADER, IPV4_TOTAL);
        } else if (header instanceof Ipv6) {
            return List.of(IPV6_PAYLOAD);
        } else if (header instanceof Ipv6Extension) {
            return List.of(IPV6_EXTENSION);
        } else if (header instanceof Udp) {
            return List.of(UDP);
        }
        return header instanceof Tcp ? List.of(TCP_HEADER) : List.of();
    }

    /** The largest value that fits. */
    int max() {
        return mask >>> Integer.numberOfTrailingZeros(mask);
    }

    int read(byte[] frame) {
        return (bytes(frame) & mask) >>> Integer.numberOfTrailingZeros(mask);
    }

    void write(byte[] frame, int value) {
        int bytes = bytes(frame) & ~mask | value << Integer.numberOfTrailingZeros(mask);
        if (mask == TWO_BYTES) {
            frame[offset] = (byte) (bytes >>> Byte.SIZE);
            frame[offset + 1] = (byte) bytes;
        } else {
            frame[offset] = (byte) bytes;
        }
    }

    private int bytes(byte[] frame) {
        int first = frame[offset] & 0xff;
        return mask == TWO_BYTES ? first << Byte.SIZE | frame[offset + 1] & 0xff : first;
    }
}
