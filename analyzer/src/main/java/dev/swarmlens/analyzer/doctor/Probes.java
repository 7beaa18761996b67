package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.codecs.Offload;
import dev.swarmlens.codecs.tcp.Tcp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds out what was asked and what was answered in the packets of an exchange. */
final class Probes {
    /** What was asked only once before the capture ended may have been answered after it. */
    private static final long PATIENCE = 1_000_000_000L;

    /** Fewer datagrams without an answer may have been lost. */
    private static final int SOME = 3;

    private static final int SYN_ACK = Tcp.FLAG_SYN | Tcp.FLAG_ACK;

    private final Exchange exchange;
    private final List<Packet> packets;
    private final List<Probe> probes = new ArrayList<>();

    private Probes(Exchange exchange) {
        this.exchange = exchange;
        this.packets = exchange.packets();
    }

    static List<Probe> of(Exchange exchange) {
        Probes probes = new Probes(exchange);
        if (exchange.packets().isEmpty()) {
            return List.of();
        }
        if (exchange.isTcp()) {
            probes.ofTcp();
        } else if (exchange.isEcho()) {
            probes.ofEcho();
        } else if (exchange.isUdp()) {
            probes.ofUdp();
        }
        return probes.probes;
    }

    private List<Packet> where(java.util.function.Predicate<Packet> wanted) {
        return packets.stream().filter(wanted).toList();
    }

    private void add(Probe.Kind kind, int direction, List<Packet> copies, Probe.Outcome outcome) {
        long last = copies.get(copies.size() - 1).time();
        boolean undecided =
                outcome == Probe.Outcome.SILENT && exchange.vantage().seen().last() - last < PATIENCE;
        if (undecided && copies.size() == 1) {
            return;
        }
        int length = copies.stream().mapToInt(Packet::length).min().orElseThrow();
        probes.add(new Probe(exchange, kind, outcome, direction, copies, length));
    }

    private void ofEcho() {
        Map<Integer, List<Packet>> requests = new LinkedHashMap<>();
        Map<Integer, Boolean> replies = new HashMap<>();
        for (Packet packet : packets) {
            if (packet.isRequest()) {
                requests.computeIfAbsent(packet.sequence(), any -> new ArrayList<>())
                        .add(packet);
            } else {
                replies.put(packet.sequence(), true);
            }
        }
        requests.forEach((sequence, copies) -> add(
                Probe.Kind.ECHO,
                copies.get(0).direction(),
                copies,
                replies.containsKey(sequence) ? Probe.Outcome.ANSWERED : Probe.Outcome.SILENT));
    }

    private void ofUdp() {
        int asker = packets.get(0).direction();
        int answers = 0;
        List<Packet> asked = new ArrayList<>();
        List<Packet> since = new ArrayList<>();
        for (Packet packet : packets) {
            if (packet.direction() == asker) {
                since.add(packet);
            } else {
                answers++;
                asked.addAll(since);
                since.clear();
            }
        }
        // who answers but now and then has not fallen silent
        boolean eachAnswered = 2 * answers > asked.size();
        if (!asked.isEmpty()) {
            add(Probe.Kind.DATAGRAM, asker, asked, Probe.Outcome.ANSWERED);
        }
        if (asked.isEmpty() || eachAnswered && since.size() >= SOME) {
            add(Probe.Kind.DATAGRAM, asker, since, Probe.Outcome.SILENT);
        }
    }

    private void ofTcp() {
        int initiator = exchange.forward();
        List<Packet> syns = where(packet ->
                packet.direction() == initiator && (packet.tcpFlags() & (SYN_ACK | Tcp.FLAG_RST)) == Tcp.FLAG_SYN);
        List<Packet> answers = where(packet -> packet.direction() != initiator && packet.has(SYN_ACK));
        List<Packet> resets = where(packet -> packet.direction() != initiator && packet.has(Tcp.FLAG_RST));
        if (!syns.isEmpty()) {
            add(
                    Probe.Kind.SYN,
                    initiator,
                    syns,
                    !answers.isEmpty()
                            ? Probe.Outcome.ANSWERED
                            : resets.isEmpty() ? Probe.Outcome.SILENT : Probe.Outcome.REFUSED);
        }
        if (!answers.isEmpty()) {
            boolean acknowledged =
                    packets.stream().anyMatch(packet -> packet.direction() == initiator && !packet.has(Tcp.FLAG_SYN));
            add(
                    Probe.Kind.SYN_ACK,
                    1 - initiator,
                    answers,
                    acknowledged ? Probe.Outcome.ANSWERED : Probe.Outcome.SILENT);
        }
        for (int direction = 0; direction < 2; direction++) {
            ofData(direction);
        }
    }

    private void ofData(int direction) {
        Map<Integer, List<Packet>> bySequence = new LinkedHashMap<>();
        for (Packet packet : packets) {
            if (packet.direction() == direction && packet.payload() > 0) {
                bySequence
                        .computeIfAbsent(packet.sequence(), any -> new ArrayList<>())
                        .add(packet);
            }
        }
        Packet largest = null;
        for (List<Packet> copies : bySequence.values()) {
            Packet first = copies.get(0);
            boolean acknowledged = packets.stream()
                    .anyMatch(packet -> packet.direction() != direction
                            && packet.has(Tcp.FLAG_ACK)
                            && packet.acknowledgment() - first.sequence() > 0);
            if (!acknowledged && copies.size() > 1) {
                add(Probe.Kind.DATA, direction, copies, Probe.Outcome.SILENT);
            } else if (acknowledged
                    && first.length() <= Offload.ETHERNET_MTU
                    && (largest == null || first.length() > largest.length())) {
                largest = first;
            }
        }
        if (largest != null) {
            add(Probe.Kind.DATA, direction, List.of(largest), Probe.Outcome.ANSWERED);
        }
    }

    /** The order in which probes were first sent. */
    static final Comparator<Probe> BY_TIME = Comparator.comparingLong(Probe::first)
            .thenComparing(probe -> probe.copies().get(0).order())
            .thenComparing(probe -> probe.copies().get(0).number());
}
