package dev.swarmlens.codecs.ipv6extension;

class Ipv6HopByHopLawsTest extends Ipv6ExtensionLaws {
    Ipv6HopByHopLawsTest() {
        super(Ipv6ExtensionProtocol.HOP_BY_HOP);
    }
}
