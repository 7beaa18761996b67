package dev.swarmlens.analyzer.filter;

import dev.swarmlens.analyzer.fields.FieldCatalog;
import dev.swarmlens.analyzer.fields.PacketField;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.FieldType;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Filters at random, the same for the same seed, over fields and values that occur in a capture. */
final class RandomFilters {
    private static final int MAX_DEPTH = 2;
    /** Our own, and one that tshark does not compare, since VXLAN and VXLAN-GPE have different ones. */
    private static final Set<String> NOT_TSHARKS = Set.of("vni", "vtep", "vtep.src", "vtep.dst", "vxlan.flags");

    private static final List<String> PROTOCOLS =
            List.of("tcp", "udp", "ip", "ipv6", "arp", "icmp", "vxlan", "eth", "icmpv6", "frame");
    private static final List<String> RELATIONS = List.of("==", "!=", "<", ">", "<=", ">=", "===", "!==");

    private final Random random;
    private final Map<PacketField, List<String>> values =
            new TreeMap<>((one, other) -> one.name().compareTo(other.name()));
    private final List<PacketField> fields = new ArrayList<>();

    RandomFilters(Path capture, long seed) throws IOException {
        random = new Random(seed);
        ProtocolRegistry registry = ProtocolRegistry.standard();
        FieldCatalog catalog = new FieldCatalog(registry);
        Map<PacketField, Set<String>> found =
                new TreeMap<>((one, other) -> one.name().compareTo(other.name()));
        for (FieldCatalog.Entry entry : catalog.entries()) {
            // checksums are verified only if tshark is told so
            if (entry.type() != FieldType.PROTOCOL
                    && !NOT_TSHARKS.contains(entry.name())
                    && !entry.name().endsWith(".status")) {
                found.put(catalog.find(entry.name()).orElseThrow(), new TreeSet<>());
            }
        }
        try (CaptureReader reader = CaptureReader.open(capture)) {
            PacketView packet = new PacketView(registry);
            packet.beginFile("", reader);
            Frame frame = new Frame();
            while (reader.next(frame)) {
                packet.look(frame);
                found.forEach((field, texts) -> texts.addAll(field.texts(packet)));
            }
        }
        found.forEach((field, texts) -> {
            if (!texts.isEmpty()) {
                values.put(field, List.copyOf(texts));
                fields.add(field);
            }
        });
    }

    List<String> some(int count) {
        return IntStream.range(0, count).mapToObj(any -> filter(MAX_DEPTH)).toList();
    }

    private String filter(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        return switch (kind) {
            case 0, 1 -> condition();
            case 2 -> "not (" + filter(depth - 1) + ")";
            default ->
                "(" + filter(depth - 1) + ") " + (random.nextBoolean() ? "and" : "or") + " (" + filter(depth - 1) + ")";
        };
    }

    private String condition() {
        PacketField field = one(fields);
        if (field.type() == FieldType.BOOLEAN) {
            return field.name() + (random.nextBoolean() ? " == " : " != ") + random.nextInt(2);
        }
        return switch (random.nextInt(6)) {
            case 0 -> one(PROTOCOLS);
            case 1 -> field.name();
            case 2 -> field.name() + " in {" + value(field) + ", " + value(field) + ".." + value(field) + "}";
            case 3 ->
                field.name() + " " + one(RELATIONS) + " " + one(alike(field)).name();
            case 4 -> hasBits(field) ? bits(field) : field.name();
            default -> field.name() + " " + one(RELATIONS) + " " + value(field) + network(field);
        };
    }

    /** tshark compares the bits of IPv6 addresses as if they had a prefix of no bits. */
    private static boolean hasBits(PacketField field) {
        return field.type() != FieldType.SECONDS && field.type() != FieldType.IPV6;
    }

    private String bits(PacketField field) {
        return field.name() + " & " + value(field) + one(List.of("", " == " + value(field), " != " + value(field)));
    }

    private String network(PacketField field) {
        if (random.nextBoolean()) {
            return "";
        }
        return switch (field.type()) {
            case IPV4 -> "/" + random.nextInt(33);
            case IPV6 -> "/" + random.nextInt(129);
            default -> "";
        };
    }

    private List<PacketField> alike(PacketField field) {
        return fields.stream().filter(other -> other.type() == field.type()).toList();
    }

    private String value(PacketField field) {
        return one(values.get(field));
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
