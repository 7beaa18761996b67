package dev.swarmlens.codecs.ipv6extension;

class Ipv6DestinationLawsTest extends Ipv6ExtensionLaws {
    Ipv6DestinationLawsTest() {
        super(Ipv6ExtensionProtocol.DESTINATION);
    }
}
