package dev.swarmlens.codecs.loopback;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** BSD loopback: hands on by address family. */
public final class LoopbackProtocol extends Protocol {
    /** The one instance. */
    public static final LoopbackProtocol INSTANCE = new LoopbackProtocol();

    private static final int IPV6_NETBSD = 24;
    private static final int IPV6_FREEBSD = 28;
    private static final int IPV6_DARWIN = 30;

    private static final int ETHER_TYPE_MASK = 0xffff;

    private LoopbackProtocol() {}

    @Override
    public String name() {
        return "null";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Loopback.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Loopback.LENGTH, end);
            return;
        }
        if (!layers.push(this, start, payload, end)) {
            return;
        }
        int family = Loopback.family(BigEndian.i32(frame, start));
        switch (family) {
            case Loopback.FAMILY_IPV4 ->
                layers.next(Binding.ETHER_TYPE, EtherType.IPV4.code(), payload, end)
                        .dissect(frame, payload, end, layers);
            case IPV6_NETBSD, IPV6_FREEBSD, IPV6_DARWIN ->
                layers.next(Binding.ETHER_TYPE, EtherType.IPV6.code(), payload, end)
                        .dissect(frame, payload, end, layers);
            default -> {
                // some systems write an EtherType instead of a family; another family is payload
                if (isEtherType(family)) {
                    layers.next(Binding.ETHER_TYPE, family & ETHER_TYPE_MASK, payload, end)
                            .dissect(frame, payload, end, layers);
                }
            }
        }
    }

    @Override
    public LoopbackView newView() {
        return new LoopbackView();
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.ofDecimal(
                "null.family",
                "Family",
                (LoopbackView view) -> isEtherType(view.family()) ? Field.ABSENT : view.family()));
    }

    private static boolean isEtherType(int family) {
        return Integer.compareUnsigned(family, EtherType.MAX_LENGTH) > 0;
    }
}
