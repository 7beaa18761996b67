package dev.swarmlens.codecs.icmpv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Fault;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ParsedPacket;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.kaitai.NeighborOption.PrefixInformation;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import java.util.function.ToLongFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

public class NeighborOptionLawsTest
        extends ProtocolLaws<NeighborOption, NeighborOptionView, dev.swarmlens.codecs.kaitai.NeighborOption> {
    public static final Opinions<NeighborOption, NeighborOptionView, dev.swarmlens.codecs.kaitai.NeighborOption>
            OPINIONS = new Opinions<>(
                            NeighborOptionProtocol.INSTANCE,
                            NeighborOption.class,
                            NeighborOptionView.class,
                            dev.swarmlens.codecs.kaitai.NeighborOption.class,
                            dev.swarmlens.codecs.kaitai.NeighborOption::new)
                    .number(
                            "headerLength",
                            NeighborOption::length,
                            NeighborOptionView::headerLength,
                            k -> k.lengthField() * 8L)
                    .number("type", NeighborOption::type, NeighborOptionView::type, k -> k.type())
                    .number("lengthField", h -> h.length() / 8, NeighborOptionView::lengthField, k -> k.lengthField())
                    .bytes("data", NeighborOption::data, k -> k.data())
                    .number(
                            "hasLinkLayerAddress",
                            h -> Opinions.NONE,
                            v -> Opinions.number(v.hasLinkLayerAddress()),
                            k -> Opinions.number(k.linkLayerAddress() != null))
                    .number(
                            "linkLayerAddress",
                            h -> Opinions.NONE,
                            v -> v.hasLinkLayerAddress() ? v.linkLayerAddress() : 0,
                            k -> k.linkLayerAddress() == null ? 0 : Opinions.number(k.linkLayerAddress()))
                    .number(
                            "hasMtu",
                            h -> Opinions.NONE,
                            v -> Opinions.number(v.hasMtu()),
                            k -> Opinions.number(k.mtu() != null))
                    .number(
                            "mtu",
                            h -> Opinions.NONE,
                            v -> v.hasMtu() ? v.mtu() : 0,
                            k -> k.mtu() == null ? 0 : k.mtu())
                    .number(
                            "hasPrefix",
                            h -> Opinions.NONE,
                            v -> Opinions.number(v.hasPrefix()),
                            k -> Opinions.number(k.prefixInformation() != null))
                    .number(
                            "prefixLength",
                            h -> Opinions.NONE,
                            ifPrefix(v -> v.prefixLength()),
                            of(p -> p.prefixLength()))
                    .number(
                            "validLifetime",
                            h -> Opinions.NONE,
                            ifPrefix(v -> v.validLifetime()),
                            of(p -> p.validLifetime()))
                    .number(
                            "preferredLifetime",
                            h -> Opinions.NONE,
                            ifPrefix(v -> v.preferredLifetime()),
                            of(p -> p.preferredLifetime()))
                    .number(
                            "prefixHigh",
                            h -> Opinions.NONE,
                            ifPrefix(v -> v.prefixHigh()),
                            of(p -> Opinions.high(p.prefix())))
                    .number(
                            "prefixLow",
                            h -> Opinions.NONE,
                            ifPrefix(v -> v.prefixLow()),
                            of(p -> Opinions.low(p.prefix())))
                    .elsewhere("prefixInformation");

    NeighborOptionLawsTest() {
        super(OPINIONS, 8);
    }

    private static ToLongFunction<NeighborOptionView> ifPrefix(ToLongFunction<NeighborOptionView> value) {
        return view -> view.hasPrefix() ? value.applyAsLong(view) : 0;
    }

    private static ToLongFunction<dev.swarmlens.codecs.kaitai.NeighborOption> of(
            ToLongFunction<PrefixInformation> value) {
        return option -> option.prefixInformation() == null ? 0 : value.applyAsLong(option.prefixInformation());
    }

    @Override
    protected Arbitrary<NeighborOption> headers() {
        return Headers.neighborOption();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("type", 8);
    }

    @Override
    protected int encloses(NeighborOption header) {
        return 0;
    }

    @Override
    protected void makePlausible(byte[] bytes) {
        // up to 64 bytes
        bytes[1] = (byte) (1 + (bytes[1] & 7));
    }

    @Example
    void dataOver2038BytesOrOfPartialUnitsAreRefused() {
        assertThatThrownBy(() -> new NeighborOption(1, Bytes.of(new byte[2046])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2046")
                .hasMessageContaining("2038");
        assertThatThrownBy(() -> new NeighborOption(1, Bytes.of(new byte[8])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 bytes of data");
    }

    @Example
    void optionsFollowEachOtherToTheEndOfTheMessage() {
        Packet solicitation = Packet.of(
                Ethernet.from("52:54:00:a8:38:02").to("33:33:ff:00:00:01"),
                Ipv6.from("fe80::2").to("ff02::1:ff00:1"),
                Icmpv6.neighborSolicitation("fe80::1"),
                NeighborOption.sourceLinkLayerAddress(MacAddress.of("52:54:00:a8:38:02")),
                NeighborOption.mtu(1450));

        ParsedPacket parsed = Packet.parse(solicitation.encode().toArray());

        assertThat(parsed.problem()).isEmpty();
        assertThat(parsed.packet().layers().subList(3, 5))
                .containsExactly(
                        solicitation.layers().get(3), solicitation.layers().get(4));
    }

    /** RFC 4861 section 4.6: nodes must silently discard a packet that contains an option with length zero. */
    @Example
    void anOptionOfLengthZeroIsAFaultAndEndsTheChain() {
        Packet solicitation = Packet.of(
                        Ethernet.from("52:54:00:a8:38:02").to("33:33:ff:00:00:01"),
                        Ipv6.from("fe80::2").to("ff02::1:ff00:1"),
                        Icmpv6.neighborSolicitation("fe80::1"))
                .withPayload(Bytes.ofHex("0100525400a83802"));

        ParsedPacket parsed = Packet.parse(solicitation.encode().toArray());

        assertThat(parsed.problem()).isPresent();
        assertThat(parsed.problem().get().fault()).isEqualTo(Fault.BAD_LENGTH);
        assertThat(parsed.problem().get().offset()).isEqualTo(14 + 40 + 24);
        assertThat(parsed.packet().layers()).hasSize(3);
    }
}
