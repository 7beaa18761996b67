package dev.swarmlens.codecs;

import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.llc.Llc;
import dev.swarmlens.codecs.testkit.Frames;
import dev.swarmlens.codecs.vlan.Vlan;
import java.util.ArrayList;
import java.util.List;

/** Where the layers of an arbitrary frame must lie, by the packet that it was made of and nothing else. */
final class Layout {
    private Layout() {}

    /** Where the layers of a packet must lie, by the packet alone. */
    static List<Extent> of(Packet packet) {
        List<Header> headers = packet.layers();
        int frameEnd = packet.length();
        int payloadEnd = frameEnd - packet.trailer().length();
        int innermostLink = 0;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.get(i) instanceof Ethernet) {
                innermostLink = i;
            }
        }
        List<Extent> extents = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < headers.size(); i++) {
            Header header = headers.get(i);
            int payload = at + header.length();
            boolean hasLength = i + 1 < headers.size() && headers.get(i + 1) instanceof Llc;
            boolean isLink = i == innermostLink || header instanceof Vlan;
            boolean takesTrailer = i < innermostLink || isLink && !hasLength;
            int end = header instanceof Arp ? payload : takesTrailer ? frameEnd : payloadEnd;
            extents.add(new Extent(header.protocol(), at, payload, end));
            at = payload;
        }
        return extents;
    }

    /** Whether a layer has a field that says how long it is with all that it encloses. */
    static boolean hasLength(List<Extent> layers, int index) {
        return switch (layers.get(index).protocol().name()) {
            case "ip", "ipv6", "udp" -> true;
            case "eth", "vlan" ->
                index + 1 < layers.size()
                        && layers.get(index + 1).protocol().name().equals("llc");
            default -> false;
        };
    }

    /** How many bytes the header needs of which {@code n − start} are there: those that say its length, then that length. */
    static int required(Extent layer, int n) {
        int fixed = switch (layer.protocol().name()) {
            case "ip", "tcp" -> 20;
            case "arp", "ipv6.hopopts", "ipv6.dstopts" -> 8;
            case "llc" -> 3;
            default -> layer.payload() - layer.start();
        };
        return n - layer.start() < fixed ? fixed : layer.payload() - layer.start();
    }

    /** Dissects bytes of a packet's frame. */
    static Layers dissect(Packet packet, byte[] frame, int wireLength) {
        Layers layers = new Layers();
        int linkType = Frames.linkType(packet).code();
        new Dissector(ProtocolRegistry.standard()).dissect(frame, 0, frame.length, wireLength, linkType, layers);
        return layers;
    }

    /** Dissects a whole Ethernet frame. */
    static Layers dissect(byte[] frame) {
        return dissect(frame, frame.length);
    }

    /** Dissects what a capture kept of an Ethernet frame. */
    static Layers dissect(byte[] frame, int wireLength) {
        Layers layers = new Layers();
        new Dissector(ProtocolRegistry.standard())
                .dissect(frame, 0, frame.length, wireLength, LinkType.ETHERNET.code(), layers);
        return layers;
    }
}
