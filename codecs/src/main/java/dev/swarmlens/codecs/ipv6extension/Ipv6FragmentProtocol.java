package dev.swarmlens.codecs.ipv6extension;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;
import java.util.stream.Stream;

/** IPv6 fragments: the first is handed on by next header, others are payload. */
public final class Ipv6FragmentProtocol extends Protocol {
    /** The one instance. */
    public static final Ipv6FragmentProtocol INSTANCE = new Ipv6FragmentProtocol();

    private Ipv6FragmentProtocol() {}

    @Override
    public String name() {
        return "ipv6.fraghdr";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Ipv6Fragment.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Ipv6Fragment.LENGTH, end);
            return;
        }
        if (!layers.push(this, start, payload, end)) {
            return;
        }
        int offsetAndFlag = BigEndian.u16(frame, start + Ipv6Fragment.OFFSET_AND_FLAG);
        if (offsetAndFlag >>> Ipv6Fragment.OFFSET_SHIFT != 0) {
            return;
        }
        if ((offsetAndFlag & Ipv6Fragment.MORE_FRAGMENTS_BIT) != 0) {
            layers.beginFragment();
        }
        layers.next(Binding.IP_PROTOCOL, BigEndian.u8(frame, start + Ipv6Fragment.NEXT_HEADER), payload, end)
                .dissect(frame, payload, end, layers);
    }

    @Override
    public Ipv6FragmentView newView() {
        return new Ipv6FragmentView();
    }

    @Override
    public List<Field> fields() {
        // Wireshark reads all of it before it shows anything
        return Stream.of(
                        Field.ofDecimal("ipv6.fraghdr.nxt", "Next header", Ipv6FragmentView::nextHeader),
                        Field.ofDecimal("ipv6.fraghdr.offset", "Offset", Ipv6FragmentView::fragmentOffset),
                        Field.ofBoolean(
                                "ipv6.fraghdr.more",
                                "More Fragments",
                                (Ipv6FragmentView view) -> view.moreFragments() ? 1 : 0),
                        Field.ofHex("ipv6.fraghdr.ident", "Identification", 8, Ipv6FragmentView::identification))
                .map(field -> field.needing(Ipv6Fragment.LENGTH))
                .toList();
    }
}
