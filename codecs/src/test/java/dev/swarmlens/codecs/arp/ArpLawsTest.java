package dev.swarmlens.codecs.arp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.ArpMessage;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

public class ArpLawsTest extends ProtocolLaws<Arp, ArpView, ArpMessage> {
    public static final Opinions<Arp, ArpView, ArpMessage> OPINIONS = new Opinions<>(
                    ArpProtocol.INSTANCE, Arp.class, ArpView.class, ArpMessage.class, ArpMessage::new)
            .number("headerLength", Arp::length, ArpView::headerLength, k -> Opinions.NONE)
            .number("hardwareType", Arp::hardwareType, ArpView::hardwareType, ArpMessage::hardwareType)
            .number("protocolType", h -> h.protocolType().code(), ArpView::protocolType, ArpMessage::protocolType)
            .number(
                    "hardwareLength",
                    h -> h.targetHardware().length(),
                    ArpView::hardwareLength,
                    ArpMessage::hardwareLength)
            .number(
                    "protocolLength",
                    h -> h.targetProtocol().length(),
                    ArpView::protocolLength,
                    ArpMessage::protocolLength)
            .number("operation", Arp::operation, ArpView::operation, ArpMessage::operation)
            .number(
                    "isIpv4OverEthernet",
                    h -> Opinions.NONE,
                    v -> Opinions.number(v.isIpv4OverEthernet()),
                    k -> Opinions.number(isEthernet(k) && isIpv4(k)))
            .number(
                    "isEthernet",
                    h -> Opinions.NONE,
                    v -> Opinions.number(v.isEthernet()),
                    k -> Opinions.number(isEthernet(k)))
            .number("isIpv4", h -> Opinions.NONE, v -> Opinions.number(v.isIpv4()), k -> Opinions.number(isIpv4(k)))
            .number(
                    "senderMac",
                    h -> Opinions.NONE,
                    v -> v.isEthernet() ? v.senderMac() : Opinions.NONE,
                    k -> isEthernet(k) ? Opinions.number(k.sender().hardware()) : Opinions.NONE)
            .number(
                    "senderIp",
                    h -> Opinions.NONE,
                    v -> v.isIpv4() ? Integer.toUnsignedLong(v.senderIp()) : Opinions.NONE,
                    k -> isIpv4(k) ? Opinions.number(k.sender().protocol()) : Opinions.NONE)
            .number(
                    "targetMac",
                    h -> Opinions.NONE,
                    v -> v.isEthernet() ? v.targetMac() : Opinions.NONE,
                    k -> isEthernet(k) ? Opinions.number(k.target().hardware()) : Opinions.NONE)
            .number(
                    "targetIp",
                    h -> Opinions.NONE,
                    v -> v.isIpv4() ? Integer.toUnsignedLong(v.targetIp()) : Opinions.NONE,
                    k -> isIpv4(k) ? Opinions.number(k.target().protocol()) : Opinions.NONE)
            .bytes("senderHardware", Arp::senderHardware, k -> k.sender().hardware())
            .bytes("senderProtocol", Arp::senderProtocol, k -> k.sender().protocol())
            .bytes("targetHardware", Arp::targetHardware, k -> k.target().hardware())
            .bytes("targetProtocol", Arp::targetProtocol, k -> k.target().protocol())
            .elsewhere("sender", "target")
            .elsewhere("demandAll", "senderProtocolAt", "targetHardwareAt", "targetProtocolAt");

    ArpLawsTest() {
        super(OPINIONS, 8);
    }

    private static boolean isEthernet(ArpMessage message) {
        // IEEE 802 networks have Ethernet's addresses, RFC 1042
        return (message.hardwareType() == 1 || message.hardwareType() == 6) && message.hardwareLength() == 6;
    }

    private static boolean isIpv4(ArpMessage message) {
        return message.protocolType() == 0x0800 && message.protocolLength() == 4;
    }

    @Override
    protected Arbitrary<Arp> headers() {
        return Arbitraries.oneOf(Headers.arp(), Headers.arpForIpv4());
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("hardwareType", 16, "operation", 16);
    }

    @Override
    protected int encloses(Arp header) {
        return 0;
    }

    @Override
    protected void makePlausible(byte[] bytes) {
        bytes[4] = (byte) (bytes[4] & 0xf);
        bytes[5] = (byte) (bytes[5] & 0xf);
    }

    @Example
    void addressesOver255BytesOrOfTwoLengthsAreRefused() {
        Bytes none = Bytes.EMPTY;
        Bytes four = Bytes.ofHex("0a000001");
        Bytes tooLong = Bytes.of(new byte[256]);

        assertThatThrownBy(() -> new Arp(1, EtherType.IPV4, 1, tooLong, none, tooLong, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hardware length 256 is outside 0..255");
        assertThatThrownBy(() -> new Arp(1, EtherType.IPV4, 1, none, tooLong, none, tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("protocol length 256 is outside 0..255");
        assertThatThrownBy(() -> new Arp(1, EtherType.IPV4, 1, four, none, none, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("differ in length");
        assertThatThrownBy(() -> new Arp(1, EtherType.IPV4, 1, none, none, none, four))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("differ in length");
    }
}
