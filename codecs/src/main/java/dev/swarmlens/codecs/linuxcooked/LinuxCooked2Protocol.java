package dev.swarmlens.codecs.linuxcooked;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Protocol;
import java.util.List;
import java.util.stream.Stream;

/** Linux cooked captures, version 2: hands on by EtherType. */
public final class LinuxCooked2Protocol extends Protocol {
    /** The one instance. */
    public static final LinuxCooked2Protocol INSTANCE = new LinuxCooked2Protocol();

    private LinuxCooked2Protocol() {}

    @Override
    public String name() {
        return "sll2";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + LinuxCooked2.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, LinuxCooked2.LENGTH, end);
            return;
        }
        if (layers.push(this, start, payload, end)) {
            int type = BigEndian.u16(frame, start + LinuxCooked2.TYPE);
            if (type > LinuxCooked.MAX_INTERNAL_TYPE) {
                layers.next(Binding.ETHER_TYPE, type, payload, end).dissect(frame, payload, end, layers);
            } else if (type == LinuxCooked.IEEE_802_2) {
                layers.next(Binding.IEEE_802_2, 0, payload, end).dissect(frame, payload, end, layers);
            }
        }
    }

    @Override
    public LinuxCooked2View newView() {
        return new LinuxCooked2View();
    }

    @Override
    public List<Field> fields() {
        // Wireshark reads so much before it shows anything
        return Stream.of(
                        Field.ofHex(
                                "sll.etype",
                                "Protocol",
                                4,
                                (LinuxCooked2View view) ->
                                        view.type() > LinuxCooked.MAX_INTERNAL_TYPE ? view.type() : Field.ABSENT),
                        Field.ofDecimal("sll.ifindex", "Interface index", LinuxCooked2View::interfaceIndex),
                        Field.ofDecimal("sll.hatype", "Link-layer address type", LinuxCooked2View::arphrdType),
                        Field.ofDecimal("sll.pkttype", "Packet type", LinuxCooked2View::packetType),
                        Field.ofDecimal("sll.halen", "Link-layer address length", LinuxCooked2View::addressLength),
                        Field.ofMac(
                                "sll.src.eth",
                                "Source",
                                (LinuxCooked2View view) ->
                                        view.addressLength() == MacAddress.LENGTH ? view.mac() : Field.ABSENT))
                .map(field -> field.needing(LinuxCooked2.ADDRESS))
                .toList();
    }
}
