package dev.swarmlens.analyzer.fields;

import dev.swarmlens.analyzer.fields.LayerField.Member;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.FieldType;
import dev.swarmlens.codecs.Protocol;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

/**
 * All fields by Wireshark's names: those of the frame, those of the protocols, and those that stand for several; and a few
 * words of our own for a swarm's tunnels.
 *
 * <p>Before the name of a protocol or of a protocol's field may stand {@code outer.}, for the layers up to the outermost
 * VXLAN header, or {@code inner.}, for the layers inside of it.
 */
public final class FieldCatalog {
    private static final String OUTER = "outer.";
    private static final String INNER = "inner.";

    private static final String VNI = "vxlan.vni";
    private static final String IP_SOURCE = "ip.src";
    private static final String IP_DESTINATION = "ip.dst";

    /** Fields that stand for two: both addresses or ports of a header, or what headers of two protocols have. */
    private static final Map<String, List<String>> PAIRS = Map.of(
            "eth.addr", List.of("eth.dst", "eth.src"),
            "ip.addr", List.of(IP_SOURCE, IP_DESTINATION),
            "ip.version", List.of("ip.version", "ipv6.version"),
            "ipv6.addr", List.of("ipv6.src", "ipv6.dst"),
            "udp.port", List.of("udp.srcport", "udp.dstport"),
            "tcp.port", List.of("tcp.srcport", "tcp.dstport"));

    /**
     * A field, as a list of fields shows it.
     *
     * @param name the name, for example {@code ip.src}
     * @param type what its values are
     * @param description what it is
     */
    public record Entry(String name, FieldType type, String description) {}

    private record Definition(Entry entry, boolean ofLayers, BiFunction<String, Part, PacketField> reader) {}

    private final SortedMap<String, Definition> definitions = new TreeMap<>();
    private final Map<String, List<Member>> members = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Set<Protocol> tunnels = new HashSet<>();

    /**
     * The fields of all protocols of a registry.
     *
     * @param registry whose protocols, third parties' included
     */
    public FieldCatalog(ProtocolRegistry registry) {
        Map<String, Set<Protocol>> protocols = new LinkedHashMap<>();
        for (Protocol protocol : registry.protocols()) {
            protocols
                    .computeIfAbsent(protocol.name(), any -> new LinkedHashSet<>())
                    .add(protocol);
            for (Field field : protocol.fields()) {
                members.computeIfAbsent(field.name(), any -> new ArrayList<>()).add(new Member(protocol, field));
                labels.putIfAbsent(field.name(), field.label());
            }
        }
        for (Member member : members.getOrDefault(VNI, List.of())) {
            tunnels.add(member.protocol());
        }
        protocols.forEach(this::addProtocol);
        members.keySet().forEach(name -> addLayerField(name, labels.get(name), List.of(name)));
        PAIRS.forEach((name, both) -> addLayerField(name, pairLabel(name, both), both));
        addFrameFields();
        addSwarmWords();
    }

    private String pairLabel(String name, List<String> both) {
        return labels.getOrDefault(
                name,
                both.stream()
                        .map(each -> labels.getOrDefault(each, each))
                        .reduce((one, other) -> one + " or " + other)
                        .orElse(name));
    }

    private void addProtocol(String name, Set<Protocol> protocols) {
        Entry entry = new Entry(name, FieldType.PROTOCOL, "the header and all that it encloses");
        definitions.put(
                name, new Definition(entry, true, (asked, part) -> new ProtocolField(asked, protocols, part, tunnels)));
    }

    private void addLayerField(String name, String description, List<String> names) {
        add(name, description, names, Part.WHOLE, true);
    }

    private void add(String name, String description, List<String> names, Part always, boolean ofLayers) {
        List<Member> found = names.stream()
                .flatMap(each -> members.getOrDefault(each, List.of()).stream())
                .toList();
        if (found.isEmpty()) {
            return;
        }
        // a registry may hold protocols of which one has a number where another has an address
        FieldType type = found.get(0).field().type();
        List<Member> alike =
                found.stream().filter(each -> each.field().type() == type).toList();
        definitions.put(
                name,
                new Definition(
                        new Entry(name, type, description),
                        ofLayers,
                        (asked, part) ->
                                new LayerField(asked, type, alike, part == Part.WHOLE ? always : part, tunnels)));
    }

    private void addFrameFields() {
        definitions.put(
                "frame",
                new Definition(
                        new Entry("frame", FieldType.PROTOCOL, "all captured bytes"),
                        false,
                        (asked, part) -> new WholeFrame(asked)));
        addFrameField(
                "frame.number",
                FieldType.NUMBER,
                "Frame Number",
                packet -> packet.frame().number());
        addFrameField(
                "frame.time_epoch",
                FieldType.SECONDS,
                "Epoch Time",
                packet -> packet.frame().timeNanos());
        addFrameField(
                "frame.time_relative",
                FieldType.SECONDS,
                "Time since the file's first frame",
                PacketView::relativeTime);
        addFrameField("frame.time_delta", FieldType.SECONDS, "Time since the frame before", PacketView::deltaTime);
        addFrameField(
                "frame.len",
                FieldType.NUMBER,
                "Frame length on the wire",
                packet -> packet.frame().wireLength());
        addFrameField(
                "frame.cap_len",
                FieldType.NUMBER,
                "Frame length stored into the capture file",
                packet -> packet.frame().capturedLength());
        addFrameField(
                "frame.interface_id",
                FieldType.NUMBER,
                "Interface id, in pcapng",
                packet -> packet.hasInterfaces() ? packet.frame().interfaceId() : Field.ABSENT);
    }

    private void addFrameField(String name, FieldType type, String description, ToLongFunction<PacketView> number) {
        definitions.put(
                name,
                new Definition(
                        new Entry(name, type, description),
                        false,
                        (asked, part) -> new FrameField(asked, type, number)));
    }

    private void addSwarmWords() {
        addLayerField("vni", "the overlay network's number, vxlan.vni", List.of(VNI));
        add("vtep", "a node's address outside of the tunnel", List.of(IP_SOURCE, IP_DESTINATION), Part.CARRIER, false);
        add("vtep.src", "the address of the node that sent into the tunnel", List.of(IP_SOURCE), Part.CARRIER, false);
        add("vtep.dst", "the address of the node at the tunnel's end", List.of(IP_DESTINATION), Part.CARRIER, false);
    }

    /**
     * Finds a field by its name.
     *
     * @param name a name, with {@code outer.} or {@code inner.} before it or not
     * @return a new reader of its values; empty if there is no such field
     */
    public Optional<PacketField> find(String name) {
        if (name.startsWith(OUTER)) {
            return find(name, OUTER, Part.OUTER);
        }
        if (name.startsWith(INNER)) {
            return find(name, INNER, Part.INNER);
        }
        return find(name, "", Part.WHOLE);
    }

    private Optional<PacketField> find(String name, String prefix, Part part) {
        Definition definition = definitions.get(name.substring(prefix.length()));
        boolean allowed = definition != null && (part == Part.WHOLE || definition.ofLayers());
        return allowed ? Optional.of(definition.reader().apply(name, part)) : Optional.empty();
    }

    /** All fields, sorted by name, without those that a prefix makes of them. */
    public Collection<Entry> entries() {
        return Collections.unmodifiableList(
                definitions.values().stream().map(Definition::entry).toList());
    }

    /** The name that somebody may have meant by one that does not exist. */
    public Optional<String> nearest(String name) {
        String prefix = name.startsWith(OUTER) ? OUTER : name.startsWith(INNER) ? INNER : "";
        String rest = name.substring(prefix.length());
        String best = null;
        int bestDistance = Math.max(1, rest.length() / 3) + 1;
        for (Definition definition : definitions.values()) {
            if (!prefix.isEmpty() && !definition.ofLayers()) {
                continue;
            }
            String candidate = definition.entry().name();
            int distance = candidate.startsWith(rest + "_") ? 1 : EditDistance.of(rest, candidate, bestDistance);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best).map(prefix::concat);
    }
}
