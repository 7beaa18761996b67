package dev.swarmlens.analyzer.fields;

import dev.swarmlens.codecs.FieldType;
import dev.swarmlens.codecs.FieldValue;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.Set;

/** Protocols of one name: their headers with all that they enclose. */
final class ProtocolField extends PacketField {
    private final Set<Protocol> protocols;
    private final Part part;
    private final Set<Protocol> tunnels;

    private Layers layers = new Layers();
    private int layer;
    private int end;

    ProtocolField(String name, Set<Protocol> protocols, Part part, Set<Protocol> tunnels) {
        super(name, FieldType.PROTOCOL);
        this.protocols = protocols;
        this.part = part;
        this.tunnels = tunnels;
    }

    @Override
    public void begin(PacketView packet) {
        layers = packet.layers();
        int tunnel = part == Part.WHOLE ? 0 : Part.tunnel(layers, tunnels);
        layer = part.from(tunnel);
        end = part.to(tunnel, layers.count() + (layers.incomplete() == null ? 0 : 1));
    }

    @Override
    public boolean next(FieldValue value) {
        while (layer < end) {
            int at = layer++;
            if (at == layers.count()) {
                value.set(layers.incompleteStart(), layers.incompleteEnd());
                return value.low() > value.high() && protocols.contains(layers.incomplete());
            }
            if (protocols.contains(layers.protocol(at))) {
                value.set(layers.start(at), layers.end(at));
                return true;
            }
        }
        return false;
    }

    @Override
    public String text(FieldValue value) {
        return name();
    }
}
