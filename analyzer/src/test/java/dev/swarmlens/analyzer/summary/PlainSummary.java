package dev.swarmlens.analyzer.summary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What a summary must say of packets, counted in the plainest way: all packets are kept, bytes are counted one by one, and
 * nothing merges. In the words of {@link SummaryText}.
 */
final class PlainSummary {

    private static final int MICRO = 1000;

    private PlainSummary() {}

    static String of(List<Seen> packets) {
        List<String> lines = new ArrayList<>();
        lines.add("packets %d, bytes %d, first %s, last %s, links %s, faults %d"
                .formatted(
                        packets.size(),
                        bytes(packets),
                        first(packets),
                        last(packets),
                        new TreeSet<>(packets.stream()
                                .map(packet -> packet.linkType().name())
                                .toList()),
                        packets.stream().filter(Seen::isFaulty).count()));
        List<Seen> overlay = matching(packets, packet -> packet.vni() != Seen.UNDERLAY);
        groups(overlay, PlainSummary::tunnel)
                .forEach((tunnel, all) -> lines.add("tunnel %s: packets %d, bytes %d, first %s, last %s"
                        .formatted(tunnel, all.size(), bytes(all), first(all), last(all))));
        groups(matching(overlay, Seen::hasIp), PlainSummary::claim)
                .forEach((claim, all) -> lines.add(
                        "claim %s: packets %d, first %s, last %s".formatted(claim, all.size(), first(all), last(all))));
        groups(matching(overlay, Seen::hasIp), packet -> packet.vni() + " " + packet.sourceAddress())
                .values()
                .forEach(all -> turns(all).ifPresent(lines::add));
        groups(matching(packets, Seen::hasIp), packet -> Integer.toString(packet.vni()))
                .forEach((vni, all) -> lines.add("sizes %s: packets %s, of tcp %s, mss %s"
                        .formatted(
                                vni,
                                lengths(all, packet -> packet.isTcp() ? -1 : length(packet)),
                                lengths(all, packet -> packet.isTcp() ? length(packet) : -1),
                                lengths(all, packet -> packet.isTcp() ? packet.maximumSegmentSize() : -1))));
        groups(matching(packets, Seen::hasIp), PlainSummary::flow).forEach((flow, all) -> {
            lines.add("flow " + flow);
            conversations(all).forEach(conversation -> lines.addAll(conversation(conversation)));
        });
        return String.join("\n", lines);
    }

    private static String tunnel(Seen packet) {
        return packet.vni() + " " + packet.vtepSource() + " > " + packet.vtepDestination() + " " + packet.mac();
    }

    private static String claim(Seen packet) {
        return packet.vni() + " " + packet.sourceAddress() + " " + packet.mac() + " " + packet.vtepSource();
    }

    /** How long the packet was, if it was one frame, or -1. */
    private static int length(Seen packet) {
        return packet.isOuterFragment() || packet.ipLength() > packet.wireLength() ? -1 : packet.ipLength();
    }

    private static Set<Integer> lengths(List<Seen> packets, ToIntFunction<Seen> length) {
        return packets.stream()
                .mapToInt(length)
                .filter(value -> value >= 0)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Who sent from one address after whom, if several did: the first eight turns and the last. */
    private static Optional<String> turns(List<Seen> packets) {
        List<List<Seen>> turns = new ArrayList<>();
        for (Seen packet : packets) {
            if (turns.isEmpty() || !claim(turns.get(turns.size() - 1).get(0)).equals(claim(packet))) {
                turns.add(new ArrayList<>());
            }
            turns.get(turns.size() - 1).add(packet);
        }
        List<List<Seen>> kept = new ArrayList<>(turns);
        while (kept.size() > 16) {
            kept.remove(8);
        }
        return turns.size() < 2
                ? Optional.empty()
                : Optional.of(turns.size() + " turns: "
                        + kept.stream()
                                .map(turn -> claim(turn.get(0)) + " from " + first(turn) + " to " + last(turn))
                                .collect(Collectors.joining(", ")));
    }

    private static String flow(Seen packet) {
        return packet.vni() + " " + packet.protocol() + " "
                + new TreeSet<>(List.of(packet.sourceEnd(), packet.destinationEnd()));
    }

    private static Map<String, List<Seen>> groups(List<Seen> packets, Function<Seen, String> key) {
        return packets.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }

    private static List<Seen> matching(List<Seen> packets, Predicate<Seen> test) {
        return packets.stream().filter(test).toList();
    }

    private static long bytes(List<Seen> packets) {
        return packets.stream().mapToLong(Seen::wireLength).sum();
    }

    private static LongStream times(List<Seen> packets) {
        return packets.stream().mapToLong(Seen::time).filter(time -> time != Seen.NO_TIME);
    }

    private static String first(List<Seen> packets) {
        return times(packets).min().stream()
                .mapToObj(Long::toString)
                .findFirst()
                .orElse("never");
    }

    private static String last(List<Seen> packets) {
        return times(packets).max().stream()
                .mapToObj(Long::toString)
                .findFirst()
                .orElse("never");
    }

    // ---- conversations

    private static boolean isSyn(Seen packet) {
        return packet.isTcp() && packet.has(Seen.SYN) && !packet.has(Seen.ACK) && !packet.has(Seen.RST);
    }

    private static boolean isSynAck(Seen packet) {
        return packet.isTcp() && packet.has(Seen.SYN) && packet.has(Seen.ACK) && !packet.has(Seen.RST);
    }

    /** Which connection a SYN or a SYN-ACK belongs to. */
    private record Opening(String initiator, long initialSequence) {
        static Opening of(Seen packet) {
            return isSyn(packet)
                    ? new Opening(packet.sourceEnd(), packet.sequence())
                    : new Opening(packet.destinationEnd(), packet.acknowledgment() - 1 & 0xffff_ffffL);
        }
    }

    /** A SYN begins a conversation, unless it began the present one. */
    private static List<List<Seen>> conversations(List<Seen> flow) {
        List<List<Seen>> conversations = new ArrayList<>();
        Opening present = null;
        for (Seen packet : flow) {
            boolean begins = isSyn(packet) && !Opening.of(packet).equals(present);
            if (begins || conversations.isEmpty()) {
                conversations.add(new ArrayList<>());
            }
            if (begins) {
                present = Opening.of(packet);
            }
            conversations.get(conversations.size() - 1).add(packet);
        }
        return conversations;
    }

    private static List<String> conversation(List<Seen> packets) {
        List<Seen> syns = matching(packets, PlainSummary::isSyn);
        // of several, without the SYN that would decide, the first counts
        Opening opening = packets.stream()
                .filter(packet -> isSyn(packet) || syns.isEmpty() && isSynAck(packet))
                .map(Opening::of)
                .findFirst()
                .orElse(null);
        List<Seen> answers = matching(
                packets, packet -> isSynAck(packet) && Opening.of(packet).equals(opening));
        List<String> lines = new ArrayList<>();
        lines.add("  first %s, last %s, by %s, begun by %s, syn %s at %s, answered %s at %s, timestamp %s"
                .formatted(
                        first(packets),
                        last(packets),
                        packets.get(0).sourceEnd(),
                        opening == null ? "nobody" : opening.initiator() + " with " + opening.initialSequence(),
                        !syns.isEmpty(),
                        first(syns),
                        !answers.isEmpty(),
                        first(answers),
                        syns.isEmpty() ? -1 : syns.get(0).timestamp()));
        groups(packets, Seen::sourceEnd).forEach((end, all) -> lines.add(direction(end, all)));
        echoes(packets).ifPresent(lines::add);
        return lines;
    }

    private static String direction(String end, List<Seen> packets) {
        List<Seen> segments = matching(packets, Seen::isTcp);
        return "    from %s: packets %d, bytes %d, ttl %d, tunnel %s, fin %s, reset %s, first without syn %s, again %d"
                .formatted(
                        end,
                        packets.size(),
                        bytes(packets),
                        packets.get(0).timeToLive(),
                        packets.get(0).vni() == Seen.UNDERLAY ? "none" : tunnel(packets.get(0)),
                        segments.stream().anyMatch(packet -> packet.has(Seen.FIN)),
                        segments.stream().anyMatch(packet -> packet.has(Seen.RST)),
                        first(matching(segments, packet -> !packet.has(Seen.SYN))),
                        retransmitted(segments));
    }

    /** Byte by byte: what was there before is there again. */
    private static long retransmitted(List<Seen> segments) {
        Set<Long> sent = new HashSet<>();
        long again = 0;
        for (Seen segment : segments) {
            // a SYN takes a number before the data, RFC 9293 section 3.4
            long data = segment.unwrapped() + (segment.has(Seen.SYN) ? 1 : 0);
            for (int i = 0; i < segment.payload(); i++) {
                again += sent.add(data + i) ? 0 : 1;
            }
        }
        return again;
    }

    /** A reply answers the latest request of its number that has no reply yet. */
    private static Optional<String> echoes(List<Seen> packets) {
        List<Seen> echoes = matching(packets, Seen::isEcho);
        Map<Integer, Deque<Seen>> open = new HashMap<>();
        TreeMap<Long, Integer> micros = new TreeMap<>();
        for (Seen echo : echoes) {
            Deque<Seen> requests = open.computeIfAbsent(echo.echoNumber(), any -> new ArrayDeque<>());
            if (echo.isEchoRequest()) {
                requests.push(echo);
            } else {
                Seen request = requests.poll();
                if (request != null && request.time() != Seen.NO_TIME && echo.time() != Seen.NO_TIME) {
                    micros.merge(Math.max(0, echo.time() - request.time()) / MICRO, 1, Integer::sum);
                }
            }
        }
        if (echoes.isEmpty()) {
            return Optional.empty();
        }
        long requests = echoes.stream().filter(Seen::isEchoRequest).count();
        return Optional.of(
                "    requests %d, replies %d, micros %s".formatted(requests, echoes.size() - requests, micros));
    }
}
