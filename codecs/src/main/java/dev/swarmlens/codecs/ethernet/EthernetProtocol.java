package dev.swarmlens.codecs.ethernet;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;
import java.util.stream.Stream;

/** Ethernet: hands on by EtherType, or to IEEE 802.2 where a length stands instead. */
public final class EthernetProtocol extends Protocol {
    /** The one instance. */
    public static final EthernetProtocol INSTANCE = new EthernetProtocol();

    private static final long TRUNK_GROUP = 0x01_000c_0000L;
    private static final long OTHER_TRUNK_GROUP = 0x0c_000c_0000L;

    private EthernetProtocol() {}

    @Override
    public String name() {
        return "eth";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Ethernet.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Ethernet.LENGTH, end);
            return;
        }
        int type = BigEndian.u16(frame, start + Ethernet.TYPE);
        boolean length = isLength(type);
        if (length && isTrunk(frame, start)) {
            layers.next(Ethernet.TRUNK, 0, start, end).dissect(frame, start, end, layers);
            return;
        }
        int payloadEnd = length ? layers.narrow(this, start, Ethernet.LENGTH + type, "eth.len") : end;
        if (!layers.push(this, start, payload, payloadEnd)) {
            return;
        }
        if (length) {
            layers.nextAfterLength(payload, payloadEnd).dissect(frame, payload, payloadEnd, layers);
        } else if (type >= EtherType.MIN_TYPE) {
            layers.next(Binding.ETHER_TYPE, type, payload, end).dissect(frame, payload, end, layers);
        }
    }

    /** The group addresses of Cisco's trunks, which differ from others in their first five bytes. */
    private static boolean isTrunk(byte[] frame, int start) {
        long prefix = BigEndian.u48(frame, start + Ethernet.DESTINATION) >>> Byte.SIZE;
        return prefix == TRUNK_GROUP || prefix == OTHER_TRUNK_GROUP;
    }

    /** A frame of no length would have no LLC header, so that 0 stands for something else. */
    private static boolean isLength(int type) {
        return type != 0 && type <= EtherType.MAX_LENGTH;
    }

    private static boolean isType(int type) {
        return type == 0 || type >= EtherType.MIN_TYPE;
    }

    @Override
    public EthernetView newView() {
        return new EthernetView();
    }

    @Override
    public List<Field> fields() {
        // Wireshark reads all of it before it shows anything
        return Stream.of(
                        Field.ofMac("eth.dst", "Destination", EthernetView::destination),
                        Field.ofMac("eth.src", "Source", EthernetView::source),
                        Field.ofHex(
                                "eth.type",
                                "Type",
                                4,
                                (EthernetView view) -> isType(view.type()) ? view.type() : Field.ABSENT),
                        Field.ofDecimal(
                                "eth.len",
                                "Length",
                                (EthernetView view) -> isLength(view.type()) ? view.type() : Field.ABSENT))
                .map(field -> field.needing(Ethernet.LENGTH))
                .toList();
    }
}
