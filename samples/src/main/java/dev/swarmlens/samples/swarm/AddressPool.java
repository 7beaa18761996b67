package dev.swarmlens.samples.swarm;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.samples.scenario.Subnet;

/** Hands out the addresses of a subnet in order, as Docker does; the first is the gateway's. */
final class AddressPool {
    private static final int FIRST = 2;

    private final Subnet subnet;
    private int next = FIRST;

    AddressPool(Subnet subnet) {
        this.subnet = subnet;
    }

    Ipv4Address next() {
        if (next >= subnet.size() - 1) {
            throw new IllegalArgumentException("the subnet " + subnet + " has no address left");
        }
        return subnet.address(next++);
    }
}
