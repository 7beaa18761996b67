package dev.swarmlens.codecs.linuxcooked;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** Linux cooked captures, version 1: hands on by EtherType. */
public final class LinuxCookedProtocol implements Protocol {
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
            if (type >= EtherType.MIN_TYPE) {
                layers.next(Binding.ETHER_TYPE, type, payload, end);
            }
        }
    }

    @Override
    public LinuxCookedView newView() {
        return new LinuxCookedView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("sll.pkttype", "Packet type", LinuxCookedView::packetType),
                Field.ofDecimal("sll.hatype", "Link-layer address type", LinuxCookedView::arphrdType),
                Field.ofDecimal("sll.halen", "Link-layer address length", LinuxCookedView::addressLength),
                Field.ofMac(
                        "sll.src.eth",
                        "Source",
                        (LinuxCookedView view) ->
                                view.addressLength() == MacAddress.LENGTH ? view.address() >>> 16 : Field.ABSENT),
                Field.ofHex("sll.etype", "Protocol", 4, LinuxCookedView::type));
    }
}
