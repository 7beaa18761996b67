package dev.swarmlens.codecs.ipv6extension;

import dev.swarmlens.codecs.AddressingProtocol;
import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import java.util.List;

/** The extension headers that differ in nothing but their number and meaning: hand on by next header. */
public final class Ipv6ExtensionProtocol extends AddressingProtocol {
    /** Hop-by-hop options. */
    public static final Ipv6ExtensionProtocol HOP_BY_HOP =
            new Ipv6ExtensionProtocol("ipv6.hopopts", "hop-by-hop options");
    /** Routing header. */
    public static final Ipv6ExtensionProtocol ROUTING = new Ipv6ExtensionProtocol("ipv6.routing", "routing header");
    /** Destination options. */
    public static final Ipv6ExtensionProtocol DESTINATION =
            new Ipv6ExtensionProtocol("ipv6.dstopts", "destination options");

    private final String name;
    private final String title;

    private Ipv6ExtensionProtocol(String name, String title) {
        this.name = name;
        this.title = title;
    }

    /** What RFC 8200 calls it. */
    String title() {
        return title;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        if (start + Ipv6Extension.MIN_LENGTH > end) {
            layers.tooShort(this, start, Ipv6Extension.MIN_LENGTH, end);
            return;
        }
        int length = (1 + BigEndian.u8(frame, start + Ipv6Extension.LENGTH_FIELD)) * Ipv6Extension.UNIT;
        int payload = start + length;
        if (payload > end) {
            layers.tooShort(this, start, length, end);
            return;
        }
        if (layers.push(this, start, payload, end)) {
            int next = BigEndian.u8(frame, start + Ipv6Extension.NEXT_HEADER);
            layers.next(Binding.IP_PROTOCOL, next, payload, end).dissect(frame, payload, end, layers);
        }
    }

    @Override
    public int senderAt(byte[] frame, int start, int end) {
        return this == DESTINATION ? ExtensionAddress.home(frame, start, end) : NOT_NAMED;
    }

    @Override
    public int receiverAt(byte[] frame, int start, int end) {
        return this == ROUTING ? ExtensionAddress.lastStop(frame, start, end) : NOT_NAMED;
    }

    @Override
    public Ipv6ExtensionView newView() {
        return new Ipv6ExtensionView(this);
    }

    @Override
    public List<Field> fields() {
        Field next = Field.ofDecimal(name + ".nxt", "Next Header", Ipv6ExtensionView::nextHeader);
        Field length = Field.ofDecimal(name + ".len", "Length", Ipv6ExtensionView::lengthField);
        return this == ROUTING
                ? List.of(
                        next,
                        length,
                        Field.ofDecimal(name + ".type", "Type", Ipv6ExtensionView::routingType),
                        Field.ofDecimal(name + ".segleft", "Segments Left", Ipv6ExtensionView::segmentsLeft))
                : List.of(next.needing(Ipv6Extension.DATA), length);
    }

    @Override
    public String toString() {
        return name;
    }
}
