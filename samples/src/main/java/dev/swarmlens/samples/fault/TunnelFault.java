package dev.swarmlens.samples.fault;

import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.wire.Crossing;
import java.util.List;
import java.util.SplittableRandom;

/** Faults of what goes from node to node. */
abstract class TunnelFault extends Fault {
    private static final int FAR = 100;

    TunnelFault(Ordered ordered) {
        super(ordered);
    }

    @Override
    public final void cross(Crossing crossing) {
        if (isOnWay(crossing) && disturb(crossing)) {
            crossing.shows(index());
        }
    }

    /** Does what it does; returns whether this datagram shows it. */
    abstract boolean disturb(Crossing crossing);

    /** SW-01: VXLAN is lost on its way from one node to another, but not back. */
    static final class OneWayBlock extends TunnelFault {
        OneWayBlock(Ordered ordered) {
            super(ordered);
        }

        @Override
        boolean disturb(Crossing crossing) {
            crossing.lose();
            return true;
        }
    }

    /** SW-03: a network card does not finish the inner checksums of TCP and UDP that the kernel has left to it. */
    static final class OffloadedChecksum extends TunnelFault {
        OffloadedChecksum(Ordered ordered) {
            super(ordered);
        }

        @Override
        boolean disturb(Crossing crossing) {
            if (crossing.datagram().protocol().equals(IpProtocol.ICMP)) {
                return false;
            }
            crossing.leaveChecksum();
            return true;
        }
    }

    /** SW-04: what is longer than the path bears vanishes, and nobody says so. */
    static final class MtuBlackHole extends TunnelFault {
        MtuBlackHole(Ordered ordered) {
            super(ordered);
        }

        @Override
        boolean disturb(Crossing crossing) {
            if (crossing.datagram().length() <= plan().size()) {
                return false;
            }
            crossing.lose();
            return true;
        }
    }

    /** SW-06: a node's forwarding entry for one container points to a wrong VTEP. */
    static final class StaleForwarding extends Fault {
        private final Node wrong;

        StaleForwarding(Ordered ordered) {
            super(ordered);
            wrong = ordered.swarm().node(plan().to().orElseThrow());
        }

        @Override
        public void cross(Crossing crossing) {
            boolean ours = isActive(crossing.nanos())
                    && crossing.from().equals(from())
                    && crossing.to().equals(task().node())
                    && task().endpoints().values().stream()
                            .anyMatch(endpoint -> endpoint.mac().equals(crossing.destination()));
            if (ours) {
                crossing.goTo(wrong);
                crossing.shows(index());
            }
        }
    }

    /** An address that is not the node's own. */
    private static Ipv4Address another(Ordered ordered, Node node) {
        return ordered.plan().address().orElse(new Ipv4Address(node.address().bits() + FAR));
    }

    /** SW-07: a node sends its VXLAN from another address; the peer, which knows better, drops it. */
    static final class WrongSource extends TunnelFault {
        private final Ipv4Address source;

        WrongSource(Ordered ordered) {
            super(ordered);
            source = another(ordered, from());
        }

        @Override
        boolean disturb(Crossing crossing) {
            crossing.leaveFrom(source);
            crossing.refuse();
            return true;
        }
    }

    /** SW-14a: encrypted frames are lost on their way from one node to another, but not back. */
    static final class EspBlock extends TunnelFault {
        EspBlock(Ordered ordered) {
            super(ordered);
        }

        @Override
        boolean disturb(Crossing crossing) {
            if (!crossing.network().encrypted()) {
                return false;
            }
            crossing.lose();
            return true;
        }
    }

    /** SW-14b: encrypted frames get another source address; the peer opens them, and finds the checksum inside wrong. */
    static final class EspThroughNat extends TunnelFault {
        private final Ipv4Address source;

        EspThroughNat(Ordered ordered) {
            super(ordered);
            source = another(ordered, from());
        }

        @Override
        boolean disturb(Crossing crossing) {
            if (!crossing.network().encrypted()) {
                return false;
            }
            crossing.leaveFrom(source);
            crossing.refuse();
            return true;
        }
    }

    /** SW-15: the others know a node by an address where nothing is, and take nothing from the one that it has. */
    static final class UnreachableAddress extends Fault {
        /** Addresses for documentation, RFC 5737, which nobody has. */
        private static final int NOWHERE = Ipv4Address.of("203.0.113.0").bits();

        private static final int LAST_BYTE = 0xff;
        /** The underlay's router, to which goes what is for elsewhere. */
        private static final MacAddress ROUTER = MacAddress.of("52:54:00:00:00:01");

        private final Ipv4Address advertised;

        UnreachableAddress(Ordered ordered) {
            super(ordered);
            advertised = plan().address()
                    .orElse(new Ipv4Address(NOWHERE | from().address().bits() & LAST_BYTE));
        }

        @Override
        public void cross(Crossing crossing) {
            boolean there = crossing.to().equals(from());
            boolean back = crossing.from().equals(from());
            if (!isActive(crossing.nanos()) || !there && !back) {
                return;
            }
            if (there) {
                crossing.goAstray(advertised, ROUTER);
            } else {
                crossing.refuse();
            }
            crossing.shows(index());
        }
    }

    /** SW-16: a node has another identifier for a network; what it sends nobody takes, nor does it take what it is sent. */
    static final class VniMismatch extends Fault {
        private static final int FAR = 1000;

        private final Network network;

        VniMismatch(Ordered ordered) {
            super(ordered);
            List<Network> networks = swarm().networks();
            network = plan().network().map(swarm()::network).orElse(networks.get(networks.size() - 1));
        }

        @Override
        public void cross(Crossing crossing) {
            boolean sent = crossing.from().equals(from());
            if (!isActive(crossing.nanos())
                    || !crossing.network().equals(network)
                    || !sent && !crossing.to().equals(from())) {
                return;
            }
            if (sent) {
                crossing.useVni(network.vni() + FAR);
            }
            crossing.refuse();
            crossing.shows(index());
        }
    }

    /** SW-24: something sets a reserved bit in a node's VXLAN headers; Linux drops such packets silently. */
    static final class ReservedBits extends TunnelFault {
        ReservedBits(Ordered ordered) {
            super(ordered);
        }

        @Override
        boolean disturb(Crossing crossing) {
            if (crossing.network().encrypted()) {
                return false;
            }
            crossing.setReserved(1);
            crossing.refuse();
            return true;
        }
    }

    /** SW-14c: a node still encrypts with a key that its peer has forgotten. */
    static final class KeyDesync extends TunnelFault {
        private static final int OLDEST = 2;

        KeyDesync(Ordered ordered) {
            super(ordered);
        }

        @Override
        boolean disturb(Crossing crossing) {
            if (!crossing.network().encrypted()) {
                return false;
            }
            crossing.useKeyOfAge(OLDEST);
            crossing.refuse();
            return true;
        }
    }

    /** SW-14d: an encrypted network leaves a node in clear; the peer's firewall drops it. */
    static final class Cleartext extends TunnelFault {
        Cleartext(Ordered ordered) {
            super(ordered);
        }

        @Override
        boolean disturb(Crossing crossing) {
            if (!crossing.network().encrypted()) {
                return false;
            }
            crossing.stayClear();
            crossing.refuse();
            return true;
        }
    }

    /** Loss and delay between a pair of nodes, both ways. */
    static final class Impairment extends Fault {
        private final SplittableRandom random;

        Impairment(Ordered ordered) {
            super(ordered);
            random = new SplittableRandom(ordered.seed() + ordered.index());
        }

        @Override
        public void cross(Crossing crossing) {
            String from = plan().from().orElseThrow();
            String to = plan().to().orElseThrow();
            String here = crossing.from().name();
            String there = crossing.to().name();
            boolean between = here.equals(from) && there.equals(to) || here.equals(to) && there.equals(from);
            if (!isActive(crossing.nanos()) || !between) {
                return;
            }
            crossing.delay(plan().delayNanos());
            if (random.nextDouble() < plan().loss()) {
                crossing.lose();
                crossing.shows(index());
            }
        }
    }
}
