package dev.swarmlens.codecs.icmpv6;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Fault;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** Options of neighbour discovery: each is followed by the next, to the end of the message. */
public final class NeighborOptionProtocol extends Protocol {
    /** The one instance. */
    public static final NeighborOptionProtocol INSTANCE = new NeighborOptionProtocol();

    private NeighborOptionProtocol() {}

    @Override
    public String name() {
        return "icmpv6.opt";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        if (start + NeighborOption.MIN_LENGTH > end) {
            layers.tooShort(this, start, NeighborOption.MIN_LENGTH, end);
            return;
        }
        int length = BigEndian.u8(frame, start + NeighborOption.LENGTH_FIELD) * NeighborOption.UNIT;
        if (length == 0) {
            // forbidden, since what follows could not be found: RFC 4861 section 4.6
            layers.fault(Fault.BAD_LENGTH, this, start, NeighborOption.MIN_LENGTH, length);
            return;
        }
        int payload = start + length;
        if (payload > end) {
            layers.tooShort(this, start, length, end);
        } else if (layers.push(this, start, payload, end) && payload < end) {
            layers.next(Icmpv6.OPTIONS, 0, payload, end).dissect(frame, payload, end, layers);
        }
    }

    @Override
    public NeighborOptionView newView() {
        return new NeighborOptionView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("icmpv6.opt.type", "Type", NeighborOptionView::type)
                        .needing(NeighborOption.DATA),
                Field.ofDecimal("icmpv6.opt.length", "Length", NeighborOptionView::lengthField),
                Field.ofMac(
                        "icmpv6.opt.linkaddr",
                        "Link-layer address",
                        (NeighborOptionView view) ->
                                view.hasLinkLayerAddress() ? view.linkLayerAddress() : Field.ABSENT),
                Field.ofDecimal(
                        "icmpv6.opt.prefix.length",
                        "Prefix Length",
                        (NeighborOptionView view) -> view.hasPrefix() ? view.prefixLength() : Field.ABSENT),
                Field.ofDecimal(
                        "icmpv6.opt.prefix.valid_lifetime",
                        "Valid Lifetime",
                        (NeighborOptionView view) -> view.hasPrefix() ? view.validLifetime() : Field.ABSENT),
                Field.ofDecimal(
                        "icmpv6.opt.prefix.preferred_lifetime",
                        "Preferred Lifetime",
                        (NeighborOptionView view) -> view.hasPrefix() ? view.preferredLifetime() : Field.ABSENT),
                Field.ofIpv6(
                        "icmpv6.opt.prefix",
                        "Prefix",
                        NeighborOptionView::hasPrefix,
                        NeighborOptionView::prefixHigh,
                        NeighborOptionView::prefixLow),
                Field.ofDecimal(
                        "icmpv6.opt.mtu",
                        "MTU",
                        (NeighborOptionView view) -> view.hasMtu() ? view.mtu() : Field.ABSENT));
    }
}
