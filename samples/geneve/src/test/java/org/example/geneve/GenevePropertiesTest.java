package org.example.geneve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ParsedPacket;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.testkit.Headers;
import dev.swarmlens.codecs.testkit.HostileFrame;
import dev.swarmlens.codecs.testkit.HostileFrames;
import dev.swarmlens.codecs.testkit.PacketDomain;
import dev.swarmlens.codecs.udp.Udp;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

/** An outsider's protocol, held against frames of the test kit: what it carries, and what may be done to it. */
@Domain(PacketDomain.class)
class GenevePropertiesTest {
    private static final List<Header> UNDERLAY = List.of(
            Ethernet.from("52:54:00:00:00:01").to("52:54:00:00:00:02"),
            Ipv4.from("192.0.2.1").to("192.0.2.2"),
            Udp.from(50000).to(Geneve.PORT));

    /** Every value that a header can have, its options any bytes. */
    @Provide
    Arbitrary<Geneve> headers() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 0xff),
                        Arbitraries.integers().between(0, 0xff_ffff),
                        Arbitraries.integers().between(0, 0xff),
                        Headers.options(Geneve.MAX_OPTIONS))
                .as((flags, vni, reserved, options) ->
                        new Geneve(flags, EtherType.BRIDGED_ETHERNET, vni, reserved, options));
    }

    /** The kit's hostile frames, with this protocol in them. */
    @Provide
    Arbitrary<HostileFrame> hostileTunnels(@ForAll("headers") Geneve geneve, @ForAll Packet inner) {
        return HostileFrames.of(Arbitraries.just(tunnelled(geneve, inner)));
    }

    @Property(edgeCases = EdgeCasesMode.FIRST)
    void aTunnelGivesBackTheFrameThatWentIn(@ForAll("headers") Geneve geneve, @ForAll Packet inner) {
        ParsedPacket parsed = Packet.parse(tunnelled(geneve, inner).encode().toArray());
        List<Header> layers = parsed.packet().layers();
        int first = UNDERLAY.size() + 1;

        assertThat(parsed.problem()).isEmpty();
        assertThat(layers.get(first - 1)).isEqualTo(geneve);
        assertThat(new Packet(
                        layers.subList(first, layers.size()),
                        parsed.packet().payload(),
                        parsed.packet().trailer()))
                .isEqualTo(inner);
    }

    @Property
    void everyByteOfAHostileTunnelIsKept(@ForAll("hostileTunnels") HostileFrame frame) {
        assertEveryByteIsKept(frame.bytes());
    }

    @Property
    void everyByteOfNoiseInPlaceOfATunnelIsKept(@ForAll Bytes noise) {
        assertEveryByteIsKept(new Packet(UNDERLAY, noise, Bytes.EMPTY).encode());
    }

    private static void assertEveryByteIsKept(Bytes frame) {
        Packet parsed = Packet.parse(frame.toArray()).packet();

        assertThat(parsed.encode(Encoding.VERBATIM)).isEqualTo(frame);
    }

    private static Packet tunnelled(Geneve geneve, Packet inner) {
        List<Header> layers = new ArrayList<>(UNDERLAY);
        layers.add(geneve);
        layers.addAll(inner.layers());
        return new Packet(layers, inner.payload(), inner.trailer());
    }
}
