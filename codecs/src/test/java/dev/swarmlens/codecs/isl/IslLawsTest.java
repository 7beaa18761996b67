package dev.swarmlens.codecs.isl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ParsedPacket;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.kaitai.IslHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

public class IslLawsTest extends ProtocolLaws<Isl, IslView, IslHeader> {
    public static final Opinions<Isl, IslView, IslHeader> OPINIONS = new Opinions<>(
                    IslProtocol.INSTANCE, Isl.class, IslView.class, IslHeader.class, IslHeader::new)
            .number("headerLength", Isl::length, IslView::headerLength, k -> 26)
            .number(
                    "destination",
                    h -> h.destination().bits(),
                    IslView::destination,
                    k -> Opinions.number(k.destination()))
            .number("type", Isl::type, IslView::type, k -> Byte.toUnsignedInt(k.destination()[5]) >> 4)
            .number("source", h -> h.source().bits(), IslView::source, k -> Opinions.number(k.source()))
            .number("frameLength", Isl::frameLength, IslView::frameLength, IslHeader::frameLength)
            .number("llc", Isl::llc, IslView::llc, IslHeader::llc)
            .number("sourceHigh", Isl::sourceHigh, IslView::sourceHigh, IslHeader::sourceHigh)
            .number("vlan", Isl::vlan, IslView::vlan, IslHeader::vlan)
            .number(
                    "bpdu",
                    h -> Opinions.number(h.bpdu()),
                    v -> Opinions.number(v.bpdu()),
                    k -> Opinions.number(k.bpdu()))
            .number("index", Isl::index, IslView::index, IslHeader::index)
            .number("reserved", Isl::reserved, IslView::reserved, IslHeader::reserved);

    IslLawsTest() {
        super(OPINIONS, 26);
    }

    @Override
    protected Arbitrary<Isl> headers() {
        return Headers.isl();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("frameLength", 16, "llc", 24, "sourceHigh", 24, "vlan", 15, "index", 16, "reserved", 16);
    }

    @Override
    protected int encloses(Isl header) {
        // the length counts the last 12 bytes of the header
        return header.frameLength() < 12 ? -1 : header.frameLength() - 12;
    }

    @Override
    protected void makePlausible(byte[] bytes) {
        // a length of at least 256
        bytes[12] |= 1;
    }

    @Example
    void aFrameInATrunkIsFoundByTheGroupAddress() {
        Isl isl = new Isl(
                MacAddress.of("01:00:0c:00:00:00"),
                MacAddress.of("00:19:06:ea:b8:85"),
                0,
                0xaaaa03,
                0x001906,
                7,
                false,
                0,
                0);
        List<Header> inside = List.of(
                Ethernet.from("52:54:00:00:00:01").to("52:54:00:00:00:02"),
                Ipv4.from("192.0.2.1").to("192.0.2.2").withNextProtocol(new IpProtocol(253)));

        ParsedPacket parsed = Packet.parse(Packet.of(isl, inside.get(0), inside.get(1))
                .withPayload(Bytes.of(new byte[30]))
                .encode()
                .toArray());

        assertThat(parsed.problem()).isEmpty();
        assertThat(parsed.packet().layers().get(0))
                .isInstanceOfSatisfying(
                        Isl.class, header -> assertThat(header.frameLength()).isEqualTo(12 + 14 + 20 + 30));
        assertThat(parsed.packet().layers().get(2)).isInstanceOf(Ipv4.class);
    }
}
