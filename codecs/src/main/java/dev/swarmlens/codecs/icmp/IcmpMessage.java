package dev.swarmlens.codecs.icmp;

import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ranges;
import java.util.List;

/**
 * What an ICMP header means, RFC 792: its type, code and the four bytes after the checksum. What does not look exactly as the
 * RFC has it is {@link Unknown}, so that {@link Icmp#of} makes the same bytes again of any message.
 */
public sealed interface IcmpMessage {
    /** The type, 0 to 255. */
    int type();

    /** The code, 0 to 255. */
    default int code() {
        return 0;
    }

    /** The four bytes after the checksum. */
    int rest();

    /**
     * Echo request, RFC 792 "Echo or Echo Reply Message".
     *
     * @param identifier which of the sender's programs asks, 0 to 65535
     * @param sequenceNumber 0 to 65535
     */
    record EchoRequest(int identifier, int sequenceNumber) implements IcmpMessage {
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
            return Icmp.ECHO_REQUEST;
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
     * Answer to an echo request, RFC 792 "Echo or Echo Reply Message".
     *
     * @param identifier the request's, 0 to 65535
     * @param sequenceNumber the request's, 0 to 65535
     */
    record EchoReply(int identifier, int sequenceNumber) implements IcmpMessage {
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
            return Icmp.ECHO_REPLY;
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

    /**
     * A datagram could not be delivered, RFC 792, RFC 1191 section 4, RFC 4884 section 4.1.
     *
     * @param code why, for example {@link Icmp#PORT_UNREACHABLE}; 0 to 255
     * @param quotedWords length of the quoted datagram in units of 4 bytes if extensions follow it, else 0; 0 to 255
     * @param nextHopMtu the largest datagram that the next hop takes, in bytes, if the code is
     *     {@link Icmp#FRAGMENTATION_NEEDED}, else 0; 0 to 65535
     */
    record DestinationUnreachable(int code, int quotedWords, int nextHopMtu) implements IcmpMessage {
        private static final List<String> WHY = List.of(
                "network unreachable",
                "host unreachable",
                "protocol unreachable",
                "port unreachable",
                "fragmentation needed",
                "source route failed",
                "network unknown",
                "host unknown",
                "source host isolated",
                "network prohibited",
                "host prohibited",
                "network unreachable for the type of service",
                "host unreachable for the type of service",
                "communication prohibited");

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value does not fit into its bits
         */
        public DestinationUnreachable {
            Ranges.checkBits("ICMP code", code, 8);
            Ranges.checkBits("ICMP length of the quoted datagram", quotedWords, 8);
            Ranges.checkBits("ICMP next-hop MTU", nextHopMtu, 16);
        }

        @Override
        public int type() {
            return Icmp.DESTINATION_UNREACHABLE;
        }

        @Override
        public int rest() {
            return quotedWords << 16 | nextHopMtu;
        }

        @Override
        public String toString() {
            return new HeaderText("destination unreachable")
                    .number("code", code, -1)
                    .when(code < WHY.size(), code < WHY.size() ? WHY.get(code) : "")
                    .number("MTU", nextHopMtu, 0)
                    .number("quoted words", quotedWords, 0)
                    .toString();
        }
    }

    /**
     * Another router is better, RFC 792 "Redirect Message".
     *
     * @param code for what: 0 the network, 1 the host, 2 and 3 the same for the type of service; 0 to 255
     * @param gateway the better router
     */
    record Redirect(int code, Ipv4Address gateway) implements IcmpMessage {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the code does not fit into 8 bits
         */
        public Redirect {
            Ranges.checkBits("ICMP code", code, 8);
        }

        @Override
        public int type() {
            return Icmp.REDIRECT;
        }

        @Override
        public int rest() {
            return gateway.bits();
        }

        @Override
        public String toString() {
            return "redirect, code " + code + ", gateway " + gateway;
        }
    }

    /**
     * A datagram's time ran out, RFC 792 "Time Exceeded Message", RFC 4884 section 4.2.
     *
     * @param code 0 for the time to live in transit, 1 for the reassembly of fragments; 0 to 255
     * @param quotedWords length of the quoted datagram in units of 4 bytes if extensions follow it, else 0; 0 to 255
     */
    record TimeExceeded(int code, int quotedWords) implements IcmpMessage {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value does not fit into 8 bits
         */
        public TimeExceeded {
            Ranges.checkBits("ICMP code", code, 8);
            Ranges.checkBits("ICMP length of the quoted datagram", quotedWords, 8);
        }

        @Override
        public int type() {
            return Icmp.TIME_EXCEEDED;
        }

        @Override
        public int rest() {
            return quotedWords << 16;
        }

        @Override
        public String toString() {
            return new HeaderText("time exceeded")
                    .value(code == 0 ? "in transit, code" : "code", code)
                    .number("quoted words", quotedWords, 0)
                    .toString();
        }
    }

    /**
     * A datagram's header was wrong, RFC 792 "Parameter Problem Message", RFC 4884 section 4.3.
     *
     * @param code 0 if {@code pointer} says where, 0 to 255
     * @param pointer the byte of the quoted header at which the error was found, 0 to 255
     * @param quotedWords length of the quoted datagram in units of 4 bytes if extensions follow it, else 0; 0 to 255
     */
    record ParameterProblem(int code, int pointer, int quotedWords) implements IcmpMessage {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value does not fit into 8 bits
         */
        public ParameterProblem {
            Ranges.checkBits("ICMP code", code, 8);
            Ranges.checkBits("ICMP pointer", pointer, 8);
            Ranges.checkBits("ICMP length of the quoted datagram", quotedWords, 8);
        }

        @Override
        public int type() {
            return Icmp.PARAMETER_PROBLEM;
        }

        @Override
        public int rest() {
            return pointer << 24 | quotedWords << 16;
        }

        @Override
        public String toString() {
            return new HeaderText("parameter problem, code " + code)
                    .value("pointer", pointer)
                    .number("quoted words", quotedWords, 0)
                    .toString();
        }
    }

    /**
     * Any other message, or one of the above that does not look as its RFC has it.
     *
     * @param type 0 to 255
     * @param code 0 to 255
     * @param rest the four bytes after the checksum
     */
    record Unknown(int type, int code, int rest) implements IcmpMessage {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if type or code do not fit into 8 bits
         */
        public Unknown {
            Ranges.checkBits("ICMP type", type, 8);
            Ranges.checkBits("ICMP code", code, 8);
        }

        @Override
        public String toString() {
            return "type " + type + ", code " + code + ", rest " + HeaderText.hex(Integer.toUnsignedLong(rest), 8);
        }
    }

    /** The message with this type, code and rest. */
    static IcmpMessage of(int type, int code, int rest) {
        int first = rest >>> 24;
        int second = rest >>> 16 & 0xff;
        int high = rest >>> 16;
        int low = rest & 0xffff;
        IcmpMessage message = switch (type) {
            case Icmp.ECHO_REQUEST -> new EchoRequest(high, low);
            case Icmp.ECHO_REPLY -> new EchoReply(high, low);
            case Icmp.DESTINATION_UNREACHABLE -> new DestinationUnreachable(code, second, low);
            case Icmp.REDIRECT -> new Redirect(code, new Ipv4Address(rest));
            case Icmp.TIME_EXCEEDED -> new TimeExceeded(code, second);
            case Icmp.PARAMETER_PROBLEM -> new ParameterProblem(code, first, second);
            default -> new Unknown(type, code, rest);
        };
        return message.code() == code && message.rest() == rest ? message : new Unknown(type, code, rest);
    }

    private static void checkEcho(int identifier, int sequenceNumber) {
        Ranges.checkBits("ICMP identifier", identifier, 16);
        Ranges.checkBits("ICMP sequence number", sequenceNumber, 16);
    }
}
