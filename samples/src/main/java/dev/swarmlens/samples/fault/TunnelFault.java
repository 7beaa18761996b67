package dev.swarmlens.samples.fault;

import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.wire.Crossing;
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
