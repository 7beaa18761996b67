package dev.swarmlens.analyzer.fields;

import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.FieldType;
import dev.swarmlens.codecs.FieldValue;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import dev.swarmlens.codecs.View;
import dev.swarmlens.codecs.icmp.IcmpProtocol;
import dev.swarmlens.codecs.ipv4.Ipv4Protocol;
import java.util.List;
import java.util.Set;

/** Fields of headers: those of some protocols, in all layers or in a part of them. */
final class LayerField extends PacketField {

    /** A field and the protocol whose it is. */
    record Member(Protocol protocol, Field field) {}

    /** What Wireshark does not give of a segment quoted in an ICMP error over IPv4. */
    private static final String NOT_QUOTED = "tcp.seq_raw";

    private final Part part;
    private final Set<Protocol> tunnels;
    private final Member[] members;
    private final View[] views;
    private final boolean alsoQuoted;

    private PacketView packet;
    private Layers layers = new Layers();
    private int layer;
    private int end;
    private int member;
    private int index;
    private Field last;

    LayerField(String name, FieldType type, List<Member> members, Part part, Set<Protocol> tunnels) {
        super(name, type);
        this.part = part;
        this.tunnels = tunnels;
        this.members = members.toArray(Member[]::new);
        this.views = members.stream().map(each -> each.protocol().newView()).toArray(View[]::new);
        this.alsoQuoted = members.stream().noneMatch(each -> each.field().name().equals(NOT_QUOTED));
    }

    @Override
    public void begin(PacketView newPacket) {
        packet = newPacket;
        layers = packet.layers();
        int tunnel = part == Part.WHOLE ? 0 : Part.tunnel(layers, tunnels);
        layer = part.from(tunnel);
        end = part.to(tunnel, layers.count() + (layers.incomplete() == null ? 0 : 1));
        member = 0;
        index = 0;
    }

    @Override
    public boolean next(FieldValue value) {
        while (layer < end) {
            boolean complete = layer < layers.count();
            Protocol protocol = complete ? layers.protocol(layer) : layers.incomplete();
            while (member < members.length) {
                if (members[member].protocol() == protocol
                        && (alsoQuoted || !isQuotedInIcmp(layer))
                        && (complete ? read(value) : readIncomplete(value))) {
                    last = members[member].field();
                    index++;
                    return true;
                }
                member++;
                index = 0;
            }
            layer++;
            member = 0;
        }
        return false;
    }

    private boolean read(FieldValue value) {
        View view = views[member];
        if (index == 0) {
            view.wrap(layers, layer);
        }
        return members[member].field().read(view, index, value);
    }

    private boolean readIncomplete(FieldValue value) {
        try {
            return members[member].field().read(packet.incompleteView(), index, value);
        } catch (IndexOutOfBoundsException beyond) {
            return false;
        }
    }

    private boolean isQuotedInIcmp(int at) {
        return at >= 2
                && layers.protocol(at - 1) == Ipv4Protocol.INSTANCE
                && layers.protocol(at - 2) == IcmpProtocol.INSTANCE;
    }

    @Override
    public String text(FieldValue value) {
        return last.format(value);
    }
}
