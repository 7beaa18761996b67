package dev.swarmlens.codecs.linuxcooked;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Protocol;
import java.util.List;
import java.util.stream.Stream;

/** Linux cooked captures, version 1: hands on by EtherType. */
public final class LinuxCookedProtocol extends Protocol {
    /** The one instance. */
    public static final LinuxCookedProtocol INSTANCE = new LinuxCookedProtocol();

    private LinuxCookedProtocol() {}

    @Override
    public String name() {
        return "sll";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + LinuxCooked.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, LinuxCooked.LENGTH, end);
            return;
        }
        if (layers.push(this, start, payload, end)) {
            int type = BigEndian.u16(frame, start + LinuxCooked.TYPE);
            if (type > LinuxCooked.MAX_INTERNAL_TYPE) {
                layers.next(Binding.ETHER_TYPE, type, payload, end).dissect(frame, payload, end, layers);
            } else if (type == LinuxCooked.IEEE_802_2) {
                layers.next(Binding.IEEE_802_2, 0, payload, end).dissect(frame, payload, end, layers);
            }
        }
    }

    @Override
    public LinuxCookedView newView() {
        return new LinuxCookedView();
    }

    @Override
    public List<Field> fields() {
        // Wireshark reads so much before it shows anything
        return Stream.of(
                        Field.ofDecimal("sll.pkttype", "Packet type", LinuxCookedView::packetType),
                        Field.ofDecimal("sll.hatype", "Link-layer address type", LinuxCookedView::arphrdType),
                        Field.ofDecimal("sll.halen", "Link-layer address length", LinuxCookedView::addressLength),
                        Field.ofMac(
                                "sll.src.eth",
                                "Source",
                                (LinuxCookedView view) ->
                                        view.addressLength() == MacAddress.LENGTH ? view.mac() : Field.ABSENT),
                        Field.ofHex(
                                "sll.etype",
                                "Protocol",
                                4,
                                (LinuxCookedView view) ->
                                        view.type() > LinuxCooked.MAX_INTERNAL_TYPE ? view.type() : Field.ABSENT))
                .map(field -> field.needing(LinuxCooked.ADDRESS_LENGTH))
                .toList();
    }
}
