package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Packet;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.SampleReportingFormat;

/** What jqwik prints of a sample that makes a property fail. */
final class SampleReports {
    /** Of packets each header and the bytes; of frames with their truth each component; of conversations a line a frame. */
    static final Set<SampleReportingFormat> FORMATS = Set.of(
            new Format<>(Packet.class, SampleReports::lines),
            new Format<>(Conversation.Sight.class, SampleReports::line),
            new Format<>(Conversation.class, SampleReports::components),
            new Format<>(VxlanFrame.class, SampleReports::components),
            new Format<>(IcmpError.class, SampleReports::components),
            new Format<>(LinkFrame.class, SampleReports::components),
            new Format<>(HostileFrame.class, SampleReports::lines));

    /** More bytes than this are not printed; the seed brings them back. */
    private static final int MOST_BYTES = 512;

    private SampleReports() {}

    private record Format<T>(Class<T> type, Function<T, Object> writer) implements SampleReportingFormat {
        @Override
        public boolean appliesTo(Object value) {
            return type.isInstance(value);
        }

        @Override
        public Object report(Object value) {
            return writer.apply(type.cast(value));
        }
    }

    private static Object lines(Packet packet) {
        List<Object> lines = new ArrayList<>();
        packet.layers().forEach(header -> lines.add(plain(header.toString())));
        lines.add(plain(packet.payload().length() + " bytes of payload, "
                + packet.trailer().length() + " of trailer"));
        lines.add(plain(hex(packet.encode())));
        return lines;
    }

    private static Object lines(HostileFrame frame) {
        return List.of(plain(frame.story()), plain(hex(frame.bytes())));
    }

    private static Object line(Conversation.Sight sight) {
        List<Header> layers = sight.packet().layers();
        String from = sight.fromClient() ? " from client: " : " from task: ";
        int data = sight.packet().payload().length();
        return plain(sight.leg() + from + layers.get(layers.size() - 1) + (data == 0 ? "" : " and " + data + " bytes"));
    }

    private static Object components(Record value) {
        Map<Object, Object> components = new LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                components.put(
                        plain(component.getName()), component.getAccessor().invoke(value));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("a public record of this package hides " + component, e);
            }
        }
        return components;
    }

    private static Object plain(String line) {
        return SampleReportingFormat.plainLabel(line);
    }

    private static String hex(Bytes bytes) {
        int shown = Math.min(bytes.length(), MOST_BYTES);
        String hex = HexFormat.ofDelimiter(" ").formatHex(bytes.toArray(), 0, shown);
        return bytes.length() + " bytes: " + hex + (shown < bytes.length() ? " …" : "");
    }
}
