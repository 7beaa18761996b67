package dev.swarmlens.codecs.ipv6extension;

class Ipv6RoutingLawsTest extends Ipv6ExtensionLaws {
    Ipv6RoutingLawsTest() {
        super(Ipv6ExtensionProtocol.ROUTING);
    }
}
