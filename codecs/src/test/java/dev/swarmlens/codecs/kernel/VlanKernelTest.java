package dev.swarmlens.codecs.kernel;

import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.vlan.Vlan;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** IPv4 behind a VLAN tag. */
class VlanKernelTest extends Conversations {
    private static final int ID = 7;
    private static final String NETWORK = "198.51.100";
    private static final int MTU = 1500;

    VlanKernelTest() {
        super(OUR_MAC, LinuxHost.MAC, NETWORK, MTU);
    }

    @BeforeAll
    static void addVlan() throws Exception {
        addDevice("vlan7 link " + LinuxHost.DEVICE + " type vlan id " + ID);
        bringUp("vlan7", NETWORK, OUR_MAC);
    }

    @Override
    List<Header> toLinux(Ethernet ethernet) {
        return List.of(ethernet, Vlan.id(ID));
    }

    @Override
    List<Header> toUs(Ethernet ethernet, Answer answer) {
        return List.of(ethernet, Vlan.id(ID));
    }
}
