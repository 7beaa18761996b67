package dev.swarmlens.analyzer.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.swarmlens.analyzer.fields.PacketField;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.packets.PacketJson;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** For programs: a JSON object for each packet in a line of its own, all of them in an array or not. */
final class JsonPrinter implements PacketPrinter {
    private final JsonGenerator json;
    private final boolean array;
    private final List<PacketField> fields;

    /**
     * A printer.
     *
     * @param array whether the objects are an array's
     * @param fields what is printed of each packet; all if empty
     */
    JsonPrinter(PrintStream out, boolean array, List<PacketField> fields) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .build();
        this.json = factory.createGenerator(out);
        this.json.setPrettyPrinter(new MinimalPrettyPrinter(""));
        this.array = array;
        this.fields = List.copyOf(fields);
    }

    @Override
    public void begin() throws IOException {
        if (array) {
            json.writeStartArray();
        }
    }

    @Override
    public void print(PacketView packet) throws IOException {
        if (array) {
            json.writeRaw('\n');
        }
        if (fields.isEmpty()) {
            PacketJson.write(packet, json);
        } else {
            PacketJson.write(packet, fields, json);
        }
        if (!array) {
            json.writeRaw('\n');
            // whoever follows a pipe waits for whole lines
            json.flush();
        }
    }

    @Override
    public void end() throws IOException {
        if (array) {
            json.writeEndArray();
            json.writeRaw('\n');
        }
        json.close();
    }
}
