package dev.swarmlens.codecs.kernel;

import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.vlan.Vlan;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** IPv4 behind a service tag and a customer tag, IEEE 802.1ad. */
class ServiceVlanKernelTest extends Conversations {
    private static final int SERVICE_ID = 100;
    private static final int CUSTOMER_ID = 8;
    private static final String NETWORK = "203.0.113";
    /** A device with one tag leaves no room for the second. */
    private static final int MTU = 1496;

    ServiceVlanKernelTest() {
        super(OUR_MAC, LinuxHost.MAC, NETWORK, MTU);
    }

    @BeforeAll
    static void addVlans() throws Exception {
        addDevice("service link " + LinuxHost.DEVICE + " type vlan proto 802.1ad id " + SERVICE_ID);
        addDevice("customer link service mtu " + MTU + " type vlan id " + CUSTOMER_ID);
        linux.ip("link set service up");
        bringUp("customer", NETWORK, OUR_MAC);
    }

    @Override
    List<Header> toLinux(Ethernet ethernet) {
        return List.of(ethernet.withType(EtherType.SERVICE_VLAN), Vlan.id(SERVICE_ID), Vlan.id(CUSTOMER_ID));
    }

    @Override
    List<Header> toUs(Ethernet ethernet, Answer answer) {
        return toLinux(ethernet);
    }
}
