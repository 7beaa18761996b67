package dev.swarmlens.analyzer.packets;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.swarmlens.analyzer.fields.PacketField;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.fields.Seconds;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Problem;
import java.io.IOException;
import java.util.List;

/** A packet as a JSON object: its layers, outermost first, each with its fields by Wireshark's names. */
public final class PacketJson {
    private PacketJson() {}

    /**
     * Writes fields of a packet: an object that has for each the list of its values as printed.
     *
     * @throws IOException if writing fails
     */
    public static void write(PacketView packet, List<PacketField> fields, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (PacketField field : fields) {
            json.writeArrayFieldStart(field.name());
            for (String text : field.texts(packet)) {
                json.writeString(text);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /**
     * Writes a packet.
     *
     * @throws IOException if writing fails
     */
    public static void write(PacketView packet, JsonGenerator json) throws IOException {
        Layers layers = packet.layers();
        json.writeStartObject();
        json.writeStringField("point", packet.point());
        json.writeNumberField("number", packet.frame().number());
        json.writeStringField(
                "timeEpoch",
                packet.frame().hasTime() ? Seconds.text(packet.frame().timeNanos(), 9) : null);
        json.writeNumberField("length", packet.frame().wireLength());
        json.writeNumberField("capturedLength", packet.frame().capturedLength());
        json.writeArrayFieldStart("layers");
        for (int layer = 0; layer < layers.count(); layer++) {
            json.writeStartObject();
            json.writeStringField("protocol", layers.protocol(layer).name());
            json.writeBooleanField("quoted", layer >= layers.sentCount());
            for (Field field : layers.protocol(layer).fields()) {
                String value = field.text(packet.view(layer));
                if (value != null) {
                    json.writeStringField(field.name(), value);
                }
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("payloadLength", layers.payloadEnd() - layers.payloadStart());
        Problem problem = layers.problem();
        json.writeStringField("problem", problem == null ? null : problem.toString());
        json.writeEndObject();
    }
}
