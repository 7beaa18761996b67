package org.example.geneve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.DecodeException;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.udp.Udp;
import org.junit.jupiter.api.Test;

/** What an outsider's protocol gets from the registry, the laxness and the strictness of the library. */
class GeneveTest {
    /** Version 0, one option of four bytes and its header, C set, Ethernet inside, VNI 0x0000ab: by hand from RFC 8926. */
    private static final Bytes HEADER = Bytes.ofHex("02 40 65 58 00 00 ab 00  01 02 80 01 de ad be ef");

    private static final Packet TUNNELLED = Packet.of(
            Ethernet.from("52:54:00:00:00:01").to("52:54:00:00:00:02"),
            Ipv4.from("192.0.2.1").to("192.0.2.2"),
            Udp.from(50000).to(Geneve.PORT),
            Geneve.of(171),
            Ethernet.from("02:00:00:00:00:01").to("02:00:00:00:00:02"),
            Ipv4.from("10.0.0.1").to("10.0.0.2"),
            Icmp.echoRequest(1, 2));

    @Test
    void aJarOnTheClassPathIsEnough() {
        assertThat(ProtocolRegistry.standard().find(Binding.UDP_DESTINATION_PORT, Geneve.PORT))
                .isSameAs(GeneveProtocol.INSTANCE);
        assertThat(Packet.parse(TUNNELLED.encode().toArray()).packet().layers())
                .extracting(Header::protocol)
                .extracting(protocol -> protocol.name())
                .containsExactly("eth", "ip", "udp", "geneve", "eth", "ip", "icmp");
    }

    @Test
    void withoutItGeneveIsOpaque() {
        ProtocolRegistry without = ProtocolRegistry.standard().toBuilder()
                .unbind(Binding.UDP_DESTINATION_PORT, Geneve.PORT)
                .build();

        Packet packet = Packet.parse(TUNNELLED.encode().toArray(), LinkType.ETHERNET, without)
                .packet();

        assertThat(packet.layers()).hasSize(3);
        assertThat(packet.payload().length()).isEqualTo(8 + 14 + 20 + 8);
    }

    @Test
    void aHeaderIsReadAndWrittenByteForByte() {
        Geneve header = (Geneve) GeneveProtocol.INSTANCE.decode(HEADER.toArray(), 0, HEADER.length());

        assertThat(header)
                .isEqualTo(new Geneve(0x40, EtherType.BRIDGED_ETHERNET, 0xab, 0, Bytes.ofHex("01028001deadbeef")));
        assertThat(Packet.of(header).encode(Encoding.VERBATIM)).isEqualTo(HEADER);
    }

    @Test
    void everyPrefixIsTooShort() {
        for (int length = 0; length < HEADER.length(); length++) {
            byte[] prefix = Bytes.of(HEADER.toArray(), 0, length).toArray();
            assertThatThrownBy(() -> GeneveProtocol.INSTANCE.decode(prefix, 0, prefix.length))
                    .isInstanceOf(DecodeException.class)
                    .hasMessageContaining("geneve at offset 0")
                    .hasMessageContaining(prefix.length + " are there");
        }
    }

    @Test
    void whatCannotExistIsRefused() {
        assertThatThrownBy(() -> Geneve.of(1 << 24))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16777215");
    }
}
