package dev.swarmlens.analyzer.packets;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.swarmlens.capture.CaptureBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/** A block of a capture file as a line, and as JSON. */
public final class BlockText {
    private static final String FORMAT = "%12s  %9s  %-26s  %s%n";
    /** What the columns are. */
    public static final String HEADER = String.format(FORMAT, "OFFSET", "LENGTH", "BLOCK", "CONTENT");

    private BlockText() {}

    /** One line. */
    public static String of(CaptureBlock block) {
        String contents = block.contents().stream()
                .map(entry -> entry.name() + " "
                        + String.join("\\n", entry.value().lines().toList()))
                .collect(Collectors.joining(", "));
        return String.format(FORMAT, block.offset(), block.length(), block.name(), contents);
    }

    /**
     * An object.
     *
     * @throws UncheckedIOException if writing fails
     */
    public static void write(CaptureBlock block, JsonGenerator json) {
        try {
            json.writeStartObject();
            json.writeNumberField("offset", block.offset());
            json.writeNumberField("length", block.length());
            json.writeStringField("type", block.name());
            json.writeArrayFieldStart("content");
            for (CaptureBlock.Entry entry : block.contents()) {
                json.writeStartObject();
                json.writeStringField("name", entry.name());
                json.writeStringField("value", entry.value());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
