package dev.swarmlens.codecs.icmpv6;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.Ranges;

/**
 * What an ICMPv6 header means, RFC 4443 sections 3 and 4, RFC 4861 section 4: its type, code and what stands after the
 * checksum. What does not look exactly as the RFC has it is {@link Unknown}, so that {@link Icmpv6#of} makes the same bytes
 * again of any message.
 */
public sealed interface Icmpv6Message {
    /** The type, 0 to 255. */
    int type();

    /** The code, 0 to 255. */
    default int code() {
        return 0;
    }

    /** The four bytes after the checksum. */
    default int rest() {
        return 0;
    }

    /** What of the header follows the first eight bytes. */
    default Bytes body() {
        return Bytes.EMPTY;
    }

    /**
     * A packet could not be delivered, RFC 4443 section 3.1, RFC 4884 section 4.4.
     *
     * @param code why, for example 4 for a port that nobody listens on; 0 to 255
     * @param quotedUnits length of the quoted packet in units of 8 bytes if extensions follow it, else 0; 0 to 255
     */
    record DestinationUnreachable(int code, int quotedUnits) implements Icmpv6Message {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value does not fit into 8 bits
         */
        public DestinationUnreachable {
            checkError(code, quotedUnits);
        }

        @Override
        public int type() {
            return Icmpv6.DESTINATION_UNREACHABLE;
        }

        @Override
        public int rest() {
            return quotedUnits << 24;
        }

        @Override
        public String toString() {
            return new HeaderText("destination unreachable, code " + code)
                    .number("quoted units", quotedUnits, 0)
                    .toString();
        }
    }

    /**
     * A packet was larger than the next hop takes, RFC 4443 section 3.2.
     *
     * @param mtu the largest packet that the next hop takes, in bytes; 0 to 2^32 − 1
     */
    record PacketTooBig(long mtu) implements Icmpv6Message {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the MTU does not fit into 32 bits
         */
        public PacketTooBig {
            Ranges.checkBits("ICMPv6 MTU", mtu, 32);
        }

        @Override
        public int type() {
            return Icmpv6.PACKET_TOO_BIG;
        }

        @Override
        public int rest() {
            return (int) mtu;
        }

        @Override
        public String toString() {
            return "packet too big, MTU " + mtu;
        }
    }

    /**
     * A packet's time ran out, RFC 4443 section 3.3, RFC 4884 section 4.5.
     *
     * @param code 0 for the hop limit in transit, 1 for the reassembly of fragments; 0 to 255
     * @param quotedUnits length of the quoted packet in units of 8 bytes if extensions follow it, else 0; 0 to 255
     */
    record TimeExceeded(int code, int quotedUnits) implements Icmpv6Message {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value does not fit into 8 bits
         */
        public TimeExceeded {
            checkError(code, quotedUnits);
        }

        @Override
        public int type() {
            return Icmpv6.TIME_EXCEEDED;
        }

        @Override
        public int rest() {
            return quotedUnits << 24;
        }

        @Override
        public String toString() {
            return new HeaderText("time exceeded, code " + code)
                    .number("quoted units", quotedUnits, 0)
                    .toString();
        }
    }

    /**
     * A packet's header was wrong, RFC 4443 section 3.4.
     *
     * @param code what is wrong, 0 to 255
     * @param pointer the byte of the quoted packet at which the error was found, 0 to 2^32 − 1
     */
    record ParameterProblem(int code, long pointer) implements Icmpv6Message {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value does not fit into its bits
         */
        public ParameterProblem {
            Ranges.checkBits("ICMPv6 code", code, 8);
            Ranges.checkBits("ICMPv6 pointer", pointer, 32);
        }

        @Override
        public int type() {
            return Icmpv6.PARAMETER_PROBLEM;
        }

        @Override
        public int rest() {
            return (int) pointer;
        }

        @Override
        public String toString() {
            return "parameter problem, code " + code + ", pointer " + pointer;
        }
    }

    /**
     * Echo request, RFC 4443 section 4.1.
     *
     * @param identifier which of the sender's programs asks, 0 to 65535
     * @param sequenceNumber 0 to 65535
     */
    record EchoRequest(int identifier, int sequenceNumber) implements Icmpv6Message {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value does not fit into 16 bits
         */
        public EchoRequest {
            checkEcho(identifier, sequenceNumber);
        }

        @Override
        public int type() {
            return Icmpv6.ECHO_REQUEST;
        }

        @Override
        public int rest() {
            return identifier << 16 | sequenceNumber;
        }

        @Override
        public String toString() {
            return "echo request, id " + identifier + ", seq " + sequenceNumber;
        }
    }

    /**
     * Answer to an echo request, RFC 4443 section 4.2.
     *
     * @param identifier the request's, 0 to 65535
     * @param sequenceNumber the request's, 0 to 65535
     */
    record EchoReply(int identifier, int sequenceNumber) implements Icmpv6Message {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value does not fit into 16 bits
         */
        public EchoReply {
            checkEcho(identifier, sequenceNumber);
        }

        @Override
        public int type() {
            return Icmpv6.ECHO_REPLY;
        }

        @Override
        public int rest() {
            return identifier << 16 | sequenceNumber;
        }

        @Override
        public String toString() {
            return "echo reply, id " + identifier + ", seq " + sequenceNumber;
        }
    }

    /** Where are the routers? RFC 4861 section 4.1; options follow. */
    record RouterSolicitation() implements Icmpv6Message {
        @Override
        public int type() {
            return Icmpv6.ROUTER_SOLICITATION;
        }

        @Override
        public String toString() {
            return "router solicitation";
        }
    }

    /**
     * Here is a router, RFC 4861 section 4.2; options follow.
     *
     * @param curHopLimit the hop limit that hosts should use, 0 if unspecified; 0 to 255
     * @param flags M (0x80): addresses by DHCPv6; O (0x40): other configuration by DHCPv6; 0 to 255
     * @param routerLifetime for how many seconds this is a default router, 0 if it is none; 0 to 65535
     * @param reachableTime for how many milliseconds a neighbour counts as reachable, 0 if unspecified; 0 to 2^32 − 1
     * @param retransTimer milliseconds between solicitations, 0 if unspecified; 0 to 2^32 − 1
     */
    record RouterAdvertisement(int curHopLimit, int flags, int routerLifetime, long reachableTime, long retransTimer)
            implements Icmpv6Message {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value does not fit into its bits
         */
        public RouterAdvertisement {
            Ranges.checkBits("ICMPv6 hop limit", curHopLimit, 8);
            Ranges.checkBits("ICMPv6 router flags", flags, 8);
            Ranges.checkBits("ICMPv6 router lifetime", routerLifetime, 16);
            Ranges.checkBits("ICMPv6 reachable time", reachableTime, 32);
            Ranges.checkBits("ICMPv6 retransmission timer", retransTimer, 32);
        }

        @Override
        public int type() {
            return Icmpv6.ROUTER_ADVERTISEMENT;
        }

        @Override
        public int rest() {
            return curHopLimit << 24 | flags << 16 | routerLifetime;
        }

        @Override
        public Bytes body() {
            byte[] body = new byte[Icmpv6.bodyLength(Icmpv6.ROUTER_ADVERTISEMENT)];
            BigEndian.put32(body, 0, (int) reachableTime);
            BigEndian.put32(body, Icmpv6.RETRANS_TIMER - Icmpv6.BODY, (int) retransTimer);
            return Bytes.of(body);
        }

        @Override
        public String toString() {
            return new HeaderText("router advertisement, hop limit " + curHopLimit)
                    .hex("flags", flags, 2, 0)
                    .value("lifetime", routerLifetime + " s")
                    .value("reachable", reachableTime + " ms")
                    .value("retransmit", retransTimer + " ms")
                    .toString();
        }
    }

    /**
     * Who has an address? RFC 4861 section 4.3; options follow.
     *
     * @param target the address that is looked for
     */
    record NeighborSolicitation(Ipv6Address target) implements Icmpv6Message {
        @Override
        public int type() {
            return Icmpv6.NEIGHBOR_SOLICITATION;
        }

        @Override
        public Bytes body() {
            return target.toBytes();
        }

        @Override
        public String toString() {
            return "neighbour solicitation, who has " + target + "?";
        }
    }

    /**
     * Here is an address, RFC 4861 section 4.4; options follow.
     *
     * @param router whether the sender is a router
     * @param solicited whether this answers a solicitation
     * @param override whether caches shall replace what they have
     * @param target the address
     */
    record NeighborAdvertisement(boolean router, boolean solicited, boolean override, Ipv6Address target)
            implements Icmpv6Message {
        @Override
        public int type() {
            return Icmpv6.NEIGHBOR_ADVERTISEMENT;
        }

        @Override
        public int rest() {
            return (router ? Icmpv6.FLAG_ROUTER : 0)
                    | (solicited ? Icmpv6.FLAG_SOLICITED : 0)
                    | (override ? Icmpv6.FLAG_OVERRIDE : 0);
        }

        @Override
        public Bytes body() {
            return target.toBytes();
        }

        @Override
        public String toString() {
            return new HeaderText("neighbour advertisement, " + target)
                    .when(router, "router")
                    .when(solicited, "solicited")
                    .when(override, "override")
                    .toString();
        }
    }

    /**
     * Another first hop is better, RFC 4861 section 4.5; options follow.
     *
     * @param target the better first hop
     * @param destination for which destination
     */
    record Redirect(Ipv6Address target, Ipv6Address destination) implements Icmpv6Message {
        @Override
        public int type() {
            return Icmpv6.REDIRECT;
        }

        @Override
        public Bytes body() {
            return Bytes.join(target.toBytes(), destination.toBytes());
        }

        @Override
        public String toString() {
            return "redirect, " + target + " for " + destination;
        }
    }

    /**
     * Any other message, or one of the above that does not look as its RFC has it.
     *
     * @param type 0 to 255
     * @param code 0 to 255
     * @param rest the four bytes after the checksum
     * @param body what of the header follows the first eight bytes
     */
    record Unknown(int type, int code, int rest, Bytes body) implements Icmpv6Message {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if type or code do not fit into 8 bits, or the type has a body of another length
         */
        public Unknown {
            Icmpv6.check(type, code, body);
        }

        @Override
        public String toString() {
            return new HeaderText("type " + type + ", code " + code)
                    .hex("rest", Integer.toUnsignedLong(rest), 8, -1)
                    .bytes("body", body)
                    .toString();
        }
    }

    /** The message with this type, code, rest and body. */
    static Icmpv6Message of(int type, int code, int rest, Bytes body) {
        int high = rest >>> 16;
        int low = rest & 0xffff;
        Icmpv6Message message = switch (type) {
            case Icmpv6.DESTINATION_UNREACHABLE -> new DestinationUnreachable(code, rest >>> 24);
            case Icmpv6.PACKET_TOO_BIG -> new PacketTooBig(Integer.toUnsignedLong(rest));
            case Icmpv6.TIME_EXCEEDED -> new TimeExceeded(code, rest >>> 24);
            case Icmpv6.PARAMETER_PROBLEM -> new ParameterProblem(code, Integer.toUnsignedLong(rest));
            case Icmpv6.ECHO_REQUEST -> new EchoRequest(high, low);
            case Icmpv6.ECHO_REPLY -> new EchoReply(high, low);
            case Icmpv6.ROUTER_SOLICITATION -> new RouterSolicitation();
            case Icmpv6.ROUTER_ADVERTISEMENT ->
                new RouterAdvertisement(
                        rest >>> 24, high & 0xff, low, body.u32(0), body.u32(Icmpv6.RETRANS_TIMER - Icmpv6.BODY));
            case Icmpv6.NEIGHBOR_SOLICITATION -> new NeighborSolicitation(Ipv6Address.of(body, 0));
            case Icmpv6.NEIGHBOR_ADVERTISEMENT ->
                new NeighborAdvertisement(
                        (rest & Icmpv6.FLAG_ROUTER) != 0,
                        (rest & Icmpv6.FLAG_SOLICITED) != 0,
                        (rest & Icmpv6.FLAG_OVERRIDE) != 0,
                        Ipv6Address.of(body, 0));
            case Icmpv6.REDIRECT -> new Redirect(Ipv6Address.of(body, 0), Ipv6Address.of(body, Ipv6Address.LENGTH));
            default -> new Unknown(type, code, rest, body);
        };
        return message.code() == code && message.rest() == rest ? message : new Unknown(type, code, rest, body);
    }

    private static void checkError(int code, int quotedUnits) {
        Ranges.checkBits("ICMPv6 code", code, 8);
        Ranges.checkBits("ICMPv6 length of the quoted packet", quotedUnits, 8);
    }

    private static void checkEcho(int identifier, int sequenceNumber) {
        Ranges.checkBits("ICMPv6 identifier", identifier, 16);
        Ranges.checkBits("ICMPv6 sequence number", sequenceNumber, 16);
    }
}
