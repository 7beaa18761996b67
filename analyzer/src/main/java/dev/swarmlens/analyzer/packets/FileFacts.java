package dev.swarmlens.analyzer.packets;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.swarmlens.analyzer.report.Times;
import dev.swarmlens.capture.BlockType;
import dev.swarmlens.capture.CaptureFormat;
import dev.swarmlens.capture.CaptureInterface;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.CaptureSection;
import dev.swarmlens.capture.Damage;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.InterfaceStatistics;
import dev.swarmlens.capture.PacketOptions;
import dev.swarmlens.codecs.Dissector;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is in a capture file itself: its format, interfaces and times, and how its packets lie in it. */
public final class FileFacts {
    private static final double NANOS_PER_SECOND = 1e9;

    private final String point;
    private final String name;
    private final OptionalLong size;
    private final CaptureFormat format;
    private final SortedSet<LinkType> linkTypes = new TreeSet<>(Comparator.comparingInt(LinkType::code));
    private final SortedMap<String, Long> problems = new TreeMap<>();
    private final List<Traffic> traffic = new ArrayList<>();
    private long packets;
    private long wireBytes;
    private long capturedBytes;
    private long cut;
    private long withoutTime;
    private long outOfOrder;
    private long commented;
    private OptionalLong drops = OptionalLong.empty();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private List<CaptureInterface> interfaces = List.of();
    private List<CaptureSection> sections = List.of();
    private SortedMap<BlockType, Long> blocks = new TreeMap<>();
    private Optional<Damage> damage = Optional.empty();

    /** What an interface captured. */
    private static final class Traffic {
        private long packets;
        private long bytes;
    }

    /**
     * Facts that nobody has gathered yet.
     *
     * @param point which node the file was captured on
     * @param name the file's name
     * @param size its length in bytes, if it has one
     * @param format what it is
     */
    public FileFacts(String point, String name, OptionalLong size, CaptureFormat format) {
        this.point = point;
        this.name = name;
        this.size = size;
        this.format = format;
    }

    /**
     * Reads the capture to its end, or to where it is damaged.
     *
     * @param registry which protocol follows which
     * @throws IOException if reading fails, other than by damage
     */
    public void read(CaptureReader reader, ProtocolRegistry registry) throws IOException {
        try {
            readPackets(reader, registry);
        } finally {
            interfaces = reader.interfaces();
            sections = reader.sections();
            blocks = reader.blockCounts();
            damage = reader.damage();
        }
    }

    private void readPackets(CaptureReader reader, ProtocolRegistry registry) throws IOException {
        Dissector dissector = new Dissector(registry);
        Layers layers = new Layers();
        Frame frame = new Frame();
        while (reader.next(frame)) {
            frame.dissect(dissector, layers);
            see(frame, layers);
        }
    }

    private void see(Frame frame, Layers layers) {
        packets++;
        wireBytes += frame.wireLength();
        capturedBytes += frame.capturedLength();
        cut += frame.capturedLength() < frame.wireLength() ? 1 : 0;
        linkTypes.add(frame.linkType());
        if (frame.hasTime()) {
            outOfOrder += frame.timeNanos() < last ? 1 : 0;
            first = Math.min(first, frame.timeNanos());
            last = Math.max(last, frame.timeNanos());
        } else {
            withoutTime++;
        }
        while (traffic.size() <= frame.interfaceIndex()) {
            traffic.add(new Traffic());
        }
        Traffic here = traffic.get(frame.interfaceIndex());
        here.packets++;
        here.bytes += frame.wireLength();
        if (frame.hasOptions()) {
            PacketOptions options = frame.options();
            commented += options.comments().isEmpty() ? 0 : 1;
            if (options.dropCount().isPresent()) {
                drops = OptionalLong.of(drops.orElse(0) + options.dropCount().getAsLong());
            }
        }
        if (layers.hasFault()) {
            problems.merge(layers.faultProtocol() + "." + layers.fault().code(), 1L, Long::sum);
        }
    }

    private Traffic traffic(int index) {
        return index < traffic.size() ? traffic.get(index) : new Traffic();
    }

    /** Why the file could not be read to its end, if so. */
    public Optional<Damage> damage() {
        return damage;
    }

    /** Whether no packet is earlier than one before it; empty if packets without a time make that unknown. */
    private Optional<Boolean> isInOrder() {
        return outOfOrder == 0 && withoutTime > 0 ? Optional.empty() : Optional.of(outOfOrder == 0);
    }

    /** From the first packet to the last, in seconds; not a number if no packet has a time. */
    private double seconds() {
        return last < first ? Double.NaN : (last - first) / NANOS_PER_SECOND;
    }

    /** The facts for people. */
    public String toText() {
        StringBuilder out = new StringBuilder();
        line(out, "file", name + (size.isPresent() ? ", " + size.getAsLong() + " bytes" : ""));
        line(out, "format", format + ", version " + version(format.majorVersion(), format.minorVersion()));
        line(out, "packets", packets + " (" + cut + " cut by the snap length)");
        line(out, "bytes", wireBytes + " on the wire, " + capturedBytes + " captured");
        if (packets > 0) {
            line(out, "average", decimal("%.1f bytes a packet", (double) wireBytes / packets) + rates());
        }
        if (last >= first) {
            line(out, "first", Times.iso(first));
            line(out, "last", Times.iso(last));
            line(out, "duration", decimal("%.9f s", seconds()));
            line(out, "order", outOfOrder == 0 ? "by time" : outOfOrder + " packets are earlier than one before them");
        }
        if (withoutTime > 0) {
            line(out, "no time", withoutTime + " packets have none");
        }
        drops.ifPresent(count -> line(out, "drops", count + " packets, as those after them say"));
        if (commented > 0) {
            line(out, "comments", "on " + commented + " packets");
        }
        for (CaptureSection section : sections) {
            line(out, "section " + section.number(), describe(section));
            section.comments().forEach(comment -> line(out, "", comment));
        }
        for (int i = 0; i < interfaces.size(); i++) {
            CaptureInterface each = interfaces.get(i);
            line(out, "interface " + each.id(), describe(each) + traffic(i).packets + " packets" + counts(each));
            each.comments().forEach(comment -> line(out, "", comment));
        }
        blocks.forEach((type, count) -> line(out, "blocks", count + " " + type));
        problems.forEach((problem, count) -> line(out, "problem", problem + " in " + count + " packets"));
        damage.ifPresent(found -> line(out, "damage", found.message()));
        return out.append('\n').toString();
    }

    private String rates() {
        return seconds() > 0
                ? decimal(", %.1f packets/s", packets / seconds()) + decimal(", %.1f bytes/s", wireBytes / seconds())
                : "";
    }

    private static String decimal(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String version(int major, int minor) {
        return major + "." + minor;
    }

    /** A label, and text of one or more lines. */
    private static void line(StringBuilder out, String label, String value) {
        String gap = "\n" + " ".repeat(14);
        out.append(String.format(
                "%-12s  %s%n", label, String.join(gap, value.lines().toList())));
    }

    private String describe(CaptureSection section) {
        StringBuilder text = new StringBuilder("at offset " + section.offset());
        if (sections.size() > 1) {
            text.append(section.byteOrder() == ByteOrder.BIG_ENDIAN ? ", big-endian" : ", little-endian")
                    .append(", version ")
                    .append(version(section.majorVersion(), section.minorVersion()));
        }
        section.application().ifPresent(by -> text.append(", by ").append(by));
        section.operatingSystem().ifPresent(on -> text.append(", on ").append(on));
        section.hardware().ifPresent(hardware -> text.append(", hardware ").append(hardware));
        return text.toString();
    }

    private String describe(CaptureInterface each) {
        StringBuilder text = new StringBuilder(sections.size() > 1 ? "of section " + each.section() + ", " : "");
        each.name().ifPresent(eth -> text.append(eth).append(", "));
        each.description().ifPresent(description -> text.append(description).append(", "));
        text.append(each.linkType()).append(", snap length ");
        text.append(each.snapLength() == 0 ? "unlimited" : each.snapLength());
        text.append(", times in ").append(each.timeResolution());
        if (each.timeOffset() != 0) {
            text.append(" from ").append(each.timeOffset()).append(" s on");
        }
        each.fcsLength()
                .ifPresent(bytes ->
                        text.append(", frame check sequence of ").append(bytes).append(" bytes"));
        each.filter().ifPresent(filter -> text.append(", filter ").append(filter));
        each.hardware().ifPresent(hardware -> text.append(", hardware ").append(hardware));
        each.operatingSystem().ifPresent(system -> text.append(", on ").append(system));
        return text.append(": ").toString();
    }

    private static String counts(CaptureInterface each) {
        StringBuilder text = new StringBuilder();
        each.statistics().ifPresent(statistics -> {
            append(text, "received", statistics.received());
            append(text, "dropped", statistics.dropped());
            append(text, "dropped by the system", statistics.droppedBySystem());
            append(text, "accepted by the filter", statistics.accepted());
            append(text, "delivered", statistics.delivered());
        });
        return text.toString();
    }

    private static void append(StringBuilder text, String what, OptionalLong count) {
        count.ifPresent(number -> text.append(", ")
                .append(Long.toUnsignedString(number))
                .append(' ')
                .append(what));
    }

    /**
     * Writes what is known before reading, as the first members of a capture.
     *
     * @throws IOException if writing fails
     */
    public void writeBeginning(JsonGenerator json) throws IOException {
        json.writeStringField("point", point);
        json.writeStringField("file", name);
        json.writeStringField("format", format.toString());
    }

    /**
     * Writes what reading has found, as the other members of a capture.
     *
     * @throws IOException if writing fails
     */
    public void writeRest(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("linkTypes");
        for (LinkType type : linkTypes) {
            json.writeString(type.name());
        }
        json.writeEndArray();
        json.writeNumberField("packets", packets);
        json.writeNumberField("bytes", wireBytes);
        json.writeStringField("first", last < first ? null : Times.iso(first));
        json.writeStringField("last", last < first ? null : Times.iso(last));
        number(json, "damagedAtOffset", damage.map(found -> OptionalLong.of(found.offset())));
        number(
                json,
                "skippedBytes",
                damage.map(Damage::skipped)
                        .filter(skipped -> skipped.places() > 0)
                        .map(skipped -> OptionalLong.of(skipped.bytes())));
        json.writeObjectFieldStart("problems");
        for (var problem : problems.entrySet()) {
            json.writeNumberField(problem.getKey(), problem.getValue());
        }
        json.writeEndObject();
        number(json, "fileBytes", Optional.of(size));
        json.writeStringField("version", version(format.majorVersion(), format.minorVersion()));
        json.writeNumberField("capturedBytes", capturedBytes);
        json.writeNumberField("packetsCut", cut);
        json.writeNumberField("packetsWithoutTime", withoutTime);
        json.writeNumberField("packetsOutOfOrder", outOfOrder);
        json.writeFieldName("inTimeOrder");
        if (isInOrder().isPresent()) {
            json.writeBoolean(isInOrder().get());
        } else {
            json.writeNull();
        }
        json.writeNumberField("packetsWithComments", commented);
        number(json, "packetsDropped", Optional.of(drops));
        number(json, "durationNanos", last < first ? Optional.empty() : Optional.of(OptionalLong.of(last - first)));
        ratio(json, "averagePacketBytes", (double) wireBytes / packets);
        ratio(json, "packetsPerSecond", packets / seconds());
        ratio(json, "bytesPerSecond", wireBytes / seconds());
        json.writeArrayFieldStart("sections");
        for (CaptureSection section : sections) {
            write(section, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("interfaces");
        for (int i = 0; i < interfaces.size(); i++) {
            write(interfaces.get(i), traffic(i), json);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("blocks");
        for (var block : blocks.entrySet()) {
            json.writeNumberField(block.getKey().name(), block.getValue());
        }
        json.writeEndObject();
    }

    private static void write(CaptureSection section, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", section.number());
        json.writeNumberField("offset", section.offset());
        json.writeStringField(
                "byteOrder", section.byteOrder() == ByteOrder.BIG_ENDIAN ? "big-endian" : "little-endian");
        json.writeStringField("version", version(section.majorVersion(), section.minorVersion()));
        json.writeStringField("hardware", section.hardware().orElse(null));
        json.writeStringField("operatingSystem", section.operatingSystem().orElse(null));
        json.writeStringField("application", section.application().orElse(null));
        strings(json, "comments", section.comments());
        json.writeEndObject();
    }

    private static void write(CaptureInterface each, Traffic traffic, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("section", each.section());
        json.writeNumberField("id", each.id());
        json.writeStringField("name", each.name().orElse(null));
        json.writeStringField("description", each.description().orElse(null));
        json.writeStringField("hardware", each.hardware().orElse(null));
        json.writeStringField("operatingSystem", each.operatingSystem().orElse(null));
        json.writeStringField("linkType", each.linkType().name());
        json.writeNumberField("snapLength", each.snapLength());
        json.writeFieldName("fcsLength");
        if (each.fcsLength().isPresent()) {
            json.writeNumber(each.fcsLength().getAsInt());
        } else {
            json.writeNull();
        }
        json.writeStringField("timeResolution", each.timeResolution().toString());
        json.writeNumberField("timeOffset", each.timeOffset());
        json.writeStringField("filter", each.filter().orElse(null));
        strings(json, "comments", each.comments());
        json.writeNumberField("packets", traffic.packets);
        json.writeNumberField("bytes", traffic.bytes);
        Optional<InterfaceStatistics> statistics = each.statistics();
        number(json, "received", statistics.map(InterfaceStatistics::received));
        number(json, "dropped", statistics.map(InterfaceStatistics::dropped));
        number(json, "droppedBySystem", statistics.map(InterfaceStatistics::droppedBySystem));
        number(json, "accepted", statistics.map(InterfaceStatistics::accepted));
        number(json, "delivered", statistics.map(InterfaceStatistics::delivered));
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, String name, Optional<OptionalLong> value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent() && value.get().isPresent()) {
            json.writeNumber(new BigInteger(Long.toUnsignedString(value.get().getAsLong())));
        } else {
            json.writeNull();
        }
    }

    /** Three digits after the point; null for a ratio to nothing. */
    private static void ratio(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        if (Double.isFinite(value)) {
            json.writeNumber(new BigDecimal(decimal("%.3f", value)));
        } else {
            json.writeNull();
        }
    }
}
