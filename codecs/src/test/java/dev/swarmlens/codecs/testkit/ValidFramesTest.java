package dev.swarmlens.codecs.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.ChecksumStatus;
import dev.swarmlens.codecs.Dissector;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.Fault;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ParsedPacket;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.View;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** Valid frames are valid, and the truth beside them is true. */
@Domain(PacketDomain.class)
class ValidFramesTest {

    @Property(tries = 500, edgeCases = EdgeCasesMode.FIRST)
    void aFrameOfAnyLinkTypeParsesIntoItselfWithoutAProblem(@ForAll LinkFrame frame) {
        Packet packet = frame.packet();
        Bytes bytes = packet.encode();
        ParsedPacket parsed = Packet.parse(bytes.toArray(), frame.linkType(), ProtocolRegistry.standard());

        assertThat(parsed.problem()).isEmpty();
        assertThat(parsed.packet()).isEqualTo(packet);
        assertThat(parsed.packet().encode(Encoding.VERBATIM)).isEqualTo(bytes);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.FIRST)
    void bothEncodingsOfAPacketAreTheSame(@ForAll Packet packet) {
        assertThat(packet.encode(Encoding.VERBATIM)).isEqualTo(packet.encode(Encoding.COMPUTED));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.FIRST)
    void everyChecksumOfAFrameIsGood(@ForAll LinkFrame frame) {
        assertChecksumsAreGood(frame.packet(), frame.linkType());
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.FIRST)
    void everyChecksumOfAnErrorIsGood(@ForAll IcmpError error) {
        assertChecksumsAreGood(error.packet(), LinkType.ETHERNET);
    }

    private static void assertChecksumsAreGood(Packet packet, LinkType linkType) {
        byte[] bytes = packet.encode().toArray();
        Layers layers = new Layers();
        new Dissector(ProtocolRegistry.standard()).dissect(bytes, linkType, layers);

        List<String> statuses = new ArrayList<>();
        for (int i = 0; i < layers.sentCount(); i++) {
            View view = layers.protocol(i).newView();
            view.wrap(layers, i);
            for (Field field : layers.protocol(i).fields()) {
                if (field.name().endsWith("checksum.status")) {
                    statuses.add(field.text(view));
                }
            }
        }
        assertThat(statuses).allMatch(ValidFramesTest::isGood);
    }

    private static boolean isGood(String status) {
        return status.equals(String.valueOf(ChecksumStatus.GOOD.code()));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.FIRST)
    void whatIsSaidOfATunnelIsInTheFrame(@ForAll VxlanFrame frame) {
        byte[] bytes = frame.packet().encode().toArray();
        byte[] inner = frame.inner().encode(Encoding.VERBATIM).toArray();
        List<Integer> vnis = Packet.parse(bytes).packet().layers().stream()
                .filter(Vxlan.class::isInstance)
                .map(header -> ((Vxlan) header).vni())
                .toList();

        assertThat(vnis).isEqualTo(frame.vnis());
        assertThat(Arrays.copyOfRange(bytes, bytes.length - inner.length, bytes.length))
                .isEqualTo(inner);
        assertThat(Packet.parse(inner).problem()).isEmpty();
        assertThat(frame.inner().layers()).noneMatch(Vxlan.class::isInstance);
    }

    /** Nothing is wrong but, perhaps, the quote's end. RFC 792: the header and 64 bits of data at least; RFC 1812: 576 bytes at most; RFC 4443: 1280. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.FIRST)
    void anErrorQuotesItsCauseToTheSenderOfIt(@ForAll IcmpError error) {
        List<Header> layers = error.packet().layers();
        List<Header> causes = error.cause().layers();
        Bytes quote = error.packet().payload();
        String cause = error.cause().encode().toHex();
        int headers = layers.stream().mapToInt(Header::length).sum();
        int datagramLength = error.packet().length() - Ethernet.LENGTH;

        assertThat(error.packet().encode(Encoding.VERBATIM))
                .isEqualTo(error.packet().encode());
        Packet.parse(error.packet().encode().toArray()).problem().ifPresent(problem -> {
            assertThat(problem.fault()).isEqualTo(Fault.IN_NEXT_FRAGMENT);
            assertThat(problem.offset()).isGreaterThanOrEqualTo(headers);
        });
        assertThat(cause).contains(quote.toHex());
        assertThat(((Ethernet) layers.get(0)).destination()).isEqualTo(((Ethernet) causes.get(0)).source());
        if (layers.get(2) instanceof Icmp) {
            Ipv4 about = firstOf(causes, Ipv4.class);
            assertThat(((Ipv4) layers.get(1)).destination()).isEqualTo(about.source());
            assertThat(quote.length()).isGreaterThanOrEqualTo(about.length() + 8);
            assertThat(datagramLength).isLessThanOrEqualTo(576);
        } else {
            assertThat(((Ipv6) layers.get(1)).destination())
                    .isEqualTo(firstOf(causes, Ipv6.class).source());
            assertThat(datagramLength).isLessThanOrEqualTo(1280);
        }
    }

    private static <H extends Header> H firstOf(List<Header> layers, Class<H> type) {
        return layers.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    @Property(tries = 100)
    void itsOwnLinkTypeIsWhatALinkFrameParsesBy(@ForAll LinkFrame frame) {
        assertThat(frame.packet().layers().get(0) instanceof Ethernet)
                .isEqualTo(frame.linkType().equals(LinkType.ETHERNET));
    }
}
