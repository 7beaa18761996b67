package dev.swarmlens.codecs.rawip;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** Raw IP: hands on by the version field of what follows. */
public final class RawIpProtocol extends Protocol {
    /** The one instance. */
    public static final RawIpProtocol INSTANCE = new RawIpProtocol();

    private static final int IPV4 = 4;
    private static final int IPV6 = 6;

    private RawIpProtocol() {}

    @Override
    public String name() {
        return "raw";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        if (start == end || !layers.push(this, start, start, end)) {
            return;
        }
        int version = BigEndian.u8(frame, start) >>> RawIp.VERSION_SHIFT;
        if (version == IPV4) {
            layers.next(Binding.ETHER_TYPE, EtherType.IPV4.code(), start, end).dissect(frame, start, end, layers);
        } else if (version == IPV6) {
            layers.next(Binding.ETHER_TYPE, EtherType.IPV6.code(), start, end).dissect(frame, start, end, layers);
        }
    }

    @Override
    public RawIpView newView() {
        return new RawIpView();
    }

    @Override
    public List<Field> fields() {
        return List.of();
    }
}
