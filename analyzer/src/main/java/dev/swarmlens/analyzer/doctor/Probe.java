package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.List;

/**
 * Something that was sent through a tunnel and wants an answer, as one vantage saw it: a SYN, a SYN-ACK, data, an echo request,
 * or datagrams. What was sent again because no answer came is one probe with several copies.
 *
 * @param exchange the conversation that it is part of
 * @param kind what was sent
 * @param outcome what came back
 * @param direction of the flow, in which it was sent
 * @param copies the frames, oldest first; of data that was acknowledged, the largest only
 * @param length the inner IP packet's length in bytes, the smallest of the copies
 */
record Probe(Exchange exchange, Kind kind, Outcome outcome, int direction, List<Packet> copies, int length) {
    /** What was sent. */
    enum Kind {
        /** An ICMP echo request. */
        ECHO("echo request"),
        /** A TCP SYN. */
        SYN("SYN"),
        /** The answer to a SYN, which wants to be acknowledged. */
        SYN_ACK("SYN-ACK"),
        /** A segment of TCP with data. */
        DATA("data"),
        /** Datagrams of UDP. */
        DATAGRAM("datagram");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** What came back. */
    enum Outcome {
        /** What was hoped for. */
        ANSWERED,
        /** Nothing. */
        SILENT,
        /** A RST. */
        REFUSED
    }

    /**
     * What makes it the same probe at another vantage.
     *
     * @param number the sequence number
     */
    record Identity(int vni, int protocol, Address from, int fromPort, Address to, int toPort, Kind kind, int number) {}

    Identity identity() {
        return new Identity(
                exchange.vni(),
                exchange.protocol(),
                from(),
                fromPort(),
                to(),
                toPort(),
                kind,
                kind == Kind.DATAGRAM ? 0 : copies.get(0).sequence());
    }

    Vantage vantage() {
        return exchange.vantage();
    }

    boolean isSilent() {
        return outcome == Outcome.SILENT;
    }

    boolean isAnswered() {
        return outcome == Outcome.ANSWERED;
    }

    boolean isTcp() {
        return exchange.isTcp();
    }

    int vni() {
        return exchange.vni();
    }

    Address from() {
        return exchange.address(direction);
    }

    int fromPort() {
        return exchange.port(direction);
    }

    Address to() {
        return exchange.address(1 - direction);
    }

    int toPort() {
        return exchange.port(1 - direction);
    }

    /** The tunnel endpoint that sent it. */
    Address source() {
        return copies.get(0).vtepSource();
    }

    /** The tunnel endpoint that it was sent to. */
    Address destination() {
        return copies.get(0).vtepDestination();
    }

    long first() {
        return copies.get(0).time();
    }

    long last() {
        return copies.get(copies.size() - 1).time();
    }

    /** In a few words, for a list of evidence. */
    String words() {
        String ends = kind == Kind.ECHO
                ? from() + " → " + to() + ", sequence " + copies.get(0).sequence() + ", " + length + " bytes"
                : from() + ":" + fromPort() + " → " + to() + ":" + toPort()
                        + (kind == Kind.DATA ? ", " + length + " bytes" : "");
        String times = copies.size() > 1 && kind != Kind.DATAGRAM ? ", sent " + copies.size() + " times" : "";
        return kind.words() + " " + ends + times
                + switch (outcome) {
                    case ANSWERED -> ", answered";
                    case SILENT -> kind == Kind.DATA ? ", never acknowledged" : ", never answered";
                    case REFUSED -> ", refused";
                };
    }
}
