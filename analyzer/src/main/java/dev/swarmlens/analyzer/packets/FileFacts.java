package dev.swarmlens.analyzer.packets;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.swarmlens.analyzer.report.PrettyJson;
import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Times;
import dev.swarmlens.capture.BlockType;
import dev.swarmlens.capture.CaptureFormat;
import dev.swarmlens.capture.CaptureInterface;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.CaptureSection;
import dev.swarmlens.capture.Damage;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.InterfaceStatistics;
import dev.swarmlens.codecs.Dissector;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.io.OutputStream;
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
    private final CaptureFormat format;
    private final SortedSet<LinkType> linkTypes = new TreeSet<>(Comparator.comparingInt(LinkType::code));
    private final SortedMap<String, Long> problems = new TreeMap<>();
    private long packets;
    private long wireBytes;
    private long capturedBytes;
    private long cut;
    private long outOfOrder;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private List<CaptureInterface> interfaces = List.of();
    private List<CaptureSection> sections = List.of();
    private SortedMap<BlockType, Long> blocks = new TreeMap<>();
    private Optional<Damage> damage = Optional.empty();

    private FileFacts(String point, String name, CaptureFormat format) {
        this.point = point;
        this.name = name;
        this.format = format;
    }

    /**
     * Reads a capture to its end, or to where it is damaged.
     *
     * @param registry which protocol follows which
     * @throws IOException if reading fails, other than by damage
     */
    public static FileFacts read(String point, String name, CaptureReader reader, ProtocolRegistry registry)
            throws IOException {
        FileFacts facts = new FileFacts(point, name, reader.format());
        Dissector dissector = new Dissector(registry);
        Layers layers = new Layers();
        Frame frame = new Frame();
        while (reader.next(frame)) {
            dissector.dissect(
                    frame.bytes(),
                    frame.start(),
                    frame.end(),
                    frame.wireLength(),
                    frame.linkType().code(),
                    layers);
            facts.see(frame, layers);
        }
        facts.interfaces = reader.interfaces();
        facts.sections = reader.sections();
        facts.blocks = reader.blockCounts();
        facts.damage = reader.damage();
        return facts;
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
        }
        if (layers.hasFault()) {
            problems.merge(layers.faultProtocol() + "." + layers.fault().code(), 1L, Long::sum);
        }
    }

    /** Why the file could not be read to its end, if so. */
    public Optional<Damage> damage() {
        return damage;
    }

    /** The facts for people. */
    public String toText() {
        StringBuilder out = new StringBuilder();
        line(out, "file", name);
        line(out, "format", format + ", version " + format.majorVersion() + "." + format.minorVersion());
        line(out, "packets", packets + " (" + cut + " cut by the snap length)");
        line(out, "bytes", wireBytes + " on the wire, " + capturedBytes + " captured");
        if (packets > 0) {
            line(out, "average", String.format(Locale.ROOT, "%.1f bytes a packet", (double) wireBytes / packets));
        }
        if (last >= first) {
            line(out, "first", Times.iso(first));
            line(out, "last", Times.iso(last));
            line(out, "duration", String.format(Locale.ROOT, "%.6f s", (last - first) / NANOS_PER_SECOND));
            line(out, "order", outOfOrder == 0 ? "by time" : outOfOrder + " packets are earlier than one before them");
        }
        for (CaptureSection section : sections) {
            line(
                    out,
                    "section " + section.number(),
                    "at offset " + section.offset()
                            + section.application().map(name -> ", by " + name).orElse("")
                            + section.operatingSystem()
                                    .map(name -> ", on " + name)
                                    .orElse(""));
        }
        for (CaptureInterface each : interfaces) {
            line(out, "interface " + each.id(), describe(each));
        }
        blocks.forEach((type, count) -> line(out, "blocks", count + " " + type));
        problems.forEach((problem, count) -> line(out, "problem", problem + " in " + count + " packets"));
        damage.ifPresent(found -> line(out, "damage", found.message()));
        return out.append('\n').toString();
    }

    private static void line(StringBuilder out, String label, String value) {
        out.append(String.format("%-12s  %s%n", label, value));
    }

    private static String describe(CaptureInterface each) {
        StringBuilder text = new StringBuilder();
        each.name().ifPresent(name -> text.append(name).append(", "));
        text.append(each.linkType()).append(", snap length ");
        text.append(each.snapLength() == 0 ? "unlimited" : each.snapLength());
        text.append(", times in ").append(each.timeResolution());
        each.filter().ifPresent(filter -> text.append(", filter ").append(filter));
        each.statistics().ifPresent(statistics -> {
            append(text, "received", statistics.received());
            append(text, "dropped", statistics.dropped());
            append(text, "dropped by the system", statistics.droppedBySystem());
        });
        return text.toString();
    }

    private static void append(StringBuilder text, String what, OptionalLong count) {
        count.ifPresent(number -> text.append(", ").append(number).append(' ').append(what));
    }

    /**
     * Writes the facts of files as a report with only its captures, richer than others.
     *
     * @throws IOException if writing fails
     */
    public static void writeJson(List<FileFacts> files, OutputStream out) throws IOException {
        try (JsonGenerator json = PrettyJson.generator(out)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", Report.SCHEMA_VERSION);
            json.writeArrayFieldStart("captures");
            for (FileFacts file : files) {
                file.writeJson(json);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void writeJson(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("point", point);
        json.writeStringField("file", name);
        json.writeStringField("format", format.toString());
        json.writeArrayFieldStart("linkTypes");
        for (LinkType type : linkTypes) {
            json.writeString(type.name());
        }
        json.writeEndArray();
        json.writeNumberField("packets", packets);
        json.writeNumberField("bytes", wireBytes);
        json.writeStringField("first", last < first ? null : Times.iso(first));
        json.writeStringField("last", last < first ? null : Times.iso(last));
        json.writeFieldName("damagedAtOffset");
        if (damage.isPresent()) {
            json.writeNumber(damage.get().offset());
        } else {
            json.writeNull();
        }
        json.writeFieldName("skippedBytes");
        if (damage.isPresent() && damage.get().skipped().places() > 0) {
            json.writeNumber(damage.get().skipped().bytes());
        } else {
            json.writeNull();
        }
        json.writeObjectFieldStart("problems");
        for (var problem : problems.entrySet()) {
            json.writeNumberField(problem.getKey(), problem.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("capturedBytes", capturedBytes);
        json.writeNumberField("packetsCut", cut);
        json.writeNumberField("packetsOutOfOrder", outOfOrder);
        json.writeArrayFieldStart("interfaces");
        for (CaptureInterface each : interfaces) {
            writeJson(each, json);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("blocks");
        for (var block : blocks.entrySet()) {
            json.writeNumberField(block.getKey().name(), block.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeJson(CaptureInterface each, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("section", each.section());
        json.writeNumberField("id", each.id());
        json.writeStringField("name", each.name().orElse(null));
        json.writeStringField("description", each.description().orElse(null));
        json.writeStringField("linkType", each.linkType().name());
        json.writeNumberField("snapLength", each.snapLength());
        json.writeStringField("timeResolution", each.timeResolution().toString());
        json.writeStringField("filter", each.filter().orElse(null));
        Optional<InterfaceStatistics> statistics = each.statistics();
        number(json, "received", statistics.map(InterfaceStatistics::received));
        number(json, "dropped", statistics.map(InterfaceStatistics::dropped));
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, Optional<OptionalLong> value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent() && value.get().isPresent()) {
            json.writeNumber(value.get().getAsLong());
        } else {
            json.writeNull();
        }
    }
}
