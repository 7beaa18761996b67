package dev.swarmlens.analyzer.packets;

import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.View;
import dev.swarmlens.codecs.icmp.IcmpProtocol;
import dev.swarmlens.codecs.ipv4.Ipv4Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** All fields by Wireshark's names: those of the frame, those of the protocols, and those that stand for several. */
public final class FieldCatalog {
    /** Fields that stand for two: both addresses or ports of a header, or what headers of two protocols have. */
    private static final Map<String, List<String>> PAIRS = Map.of(
            "eth.addr", List.of("eth.dst", "eth.src"),
            "ip.addr", List.of("ip.src", "ip.dst"),
            "ip.version", List.of("ip.version", "ipv6.version"),
            "ipv6.addr", List.of("ipv6.src", "ipv6.dst"),
            "udp.port", List.of("udp.srcport", "udp.dstport"),
            "tcp.port", List.of("tcp.srcport", "tcp.dstport"));

    /** What Wireshark does not give of a segment quoted in an ICMP error over IPv4. */
    private static final String NOT_QUOTED = "tcp.seq_raw";

    private final Map<String, Function<PacketView, String>> frameFields = new LinkedHashMap<>();
    private final Map<String, Map<Protocol, Field>> protocolFields = new LinkedHashMap<>();

    /**
     * The fields of all protocols of a registry.
     *
     * @param registry whose protocols, third parties' included
     */
    public FieldCatalog(ProtocolRegistry registry) {
        frameFields.put("frame.number", packet -> Long.toString(packet.frame().number()));
        frameFields.put(
                "frame.time_epoch", packet -> TimeText.seconds(packet.frame().timeNanos(), TimeText.NANOS));
        frameFields.put("frame.time_relative", packet -> TimeText.seconds(packet.relativeTime(), TimeText.NANOS));
        frameFields.put("frame.time_delta", packet -> TimeText.seconds(packet.deltaTime(), TimeText.NANOS));
        frameFields.put("frame.len", packet -> Integer.toString(packet.frame().wireLength()));
        frameFields.put(
                "frame.cap_len", packet -> Integer.toString(packet.frame().capturedLength()));
        frameFields.put(
                "frame.interface_id",
                packet ->
                        packet.hasInterfaces() ? Integer.toString(packet.frame().interfaceId()) : "");
        for (Protocol protocol : registry.protocols()) {
            for (Field field : protocol.fields()) {
                protocolFields
                        .computeIfAbsent(field.name(), any -> new LinkedHashMap<>())
                        .put(protocol, field);
            }
        }
    }

    /** Whether there is a field of a name. */
    public boolean has(String name) {
        return frameFields.containsKey(name) || protocolFields.containsKey(name) || PAIRS.containsKey(name);
    }

    /** All names, sorted. */
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(frameFields.keySet());
        names.addAll(protocolFields.keySet());
        names.addAll(PAIRS.keySet());
        return names;
    }

    /** A field's values in a packet, outermost first; empty if it does not occur. */
    public List<String> values(String name, PacketView packet) {
        Function<PacketView, String> frameField = frameFields.get(name);
        if (frameField != null) {
            String value = frameField.apply(packet);
            return value.isEmpty() ? List.of() : List.of(value);
        }
        List<String> values = new ArrayList<>();
        List<String> members = PAIRS.getOrDefault(name, List.of(name));
        Layers layers = packet.layers();
        for (int layer = 0; layer < layers.count(); layer++) {
            if (name.equals(NOT_QUOTED) && isQuotedInIcmp(layers, layer)) {
                continue;
            }
            for (String member : members) {
                Field field = protocolFields.getOrDefault(member, Map.of()).get(layers.protocol(layer));
                String value = field == null ? null : field.text(packet.view(layer));
                if (value != null) {
                    values.add(value);
                }
            }
        }
        View incomplete =
                name.equals(NOT_QUOTED) && isQuotedInIcmp(layers, layers.count()) ? null : packet.incompleteView();
        for (String member : incomplete == null ? List.<String>of() : members) {
            Field field = protocolFields.getOrDefault(member, Map.of()).get(layers.incomplete());
            String value = field == null ? null : beginningOf(field, incomplete);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static boolean isQuotedInIcmp(Layers layers, int layer) {
        return layer >= 2
                && layers.protocol(layer - 1) == Ipv4Protocol.INSTANCE
                && layers.protocol(layer - 2) == IcmpProtocol.INSTANCE;
    }

    /** A field of an incomplete header: {@code null} if it lies beyond what is there. */
    private static String beginningOf(Field field, View incomplete) {
        try {
            return field.text(incomplete);
        } catch (IndexOutOfBoundsException beyond) {
            return null;
        }
    }
}
