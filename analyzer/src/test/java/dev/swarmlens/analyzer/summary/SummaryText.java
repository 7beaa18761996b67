package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.MacAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.HistogramIterationValue;

/** All that the public readers of a summary tell, in an order that does not depend on that of the rows. */
final class SummaryText {

    private SummaryText() {}

    static String of(CaptureSummary summary) {
        List<String> lines = new ArrayList<>();
        lines.add("packets %d, bytes %d, first %s, last %s, links %s, faults %d"
                .formatted(
                        summary.packets(),
                        summary.bytes(),
                        time(summary.first()),
                        time(summary.last()),
                        new TreeSet<>(summary.linkTypes().stream()
                                .map(type -> type.name())
                                .toList()),
                        summary.problems().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()));
        lines.addAll(tunnels(summary.tunnels()));
        lines.addAll(arpRequests(summary.arpRequests()));
        lines.addAll(claims(summary.claims()));
        lines.addAll(turns(summary.claims()));
        lines.addAll(sizes(summary));
        flows(summary).values().forEach(lines::addAll);
        return String.join("\n", lines);
    }

    private static String time(long nanos) {
        return nanos == Long.MAX_VALUE || nanos == Long.MIN_VALUE ? "never" : Long.toString(nanos);
    }

    private static List<String> arpRequests(ArpRequests arp) {
        return IntStream.range(0, arp.size())
                .mapToObj(row -> "arp %s for %s: requests %d, replies %d, first %s, last %s"
                        .formatted(
                                arp.asker(row),
                                arp.target(row),
                                arp.requests(row),
                                arp.replies(row),
                                time(arp.first(row)),
                                time(arp.last(row))))
                .sorted()
                .toList();
    }

    private static List<String> tunnels(Tunnels tunnels) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < tunnels.size(); row++) {
            lines.add("tunnel %s: packets %d, bytes %d, first %s, last %s"
                    .formatted(
                            tunnel(tunnels, row),
                            tunnels.packets(row),
                            tunnels.bytes(row),
                            time(tunnels.first(row)),
                            time(tunnels.last(row))));
        }
        Collections.sort(lines);
        return lines;
    }

    private static String tunnel(Tunnels tunnels, int row) {
        return tunnels.vni(row) + " " + tunnels.source(row) + " > " + tunnels.destination(row) + " "
                + new MacAddress(tunnels.mac(row));
    }

    private static String claim(Claims claims, int row) {
        return claims.vni(row) + " " + claims.ip(row) + " " + new MacAddress(claims.mac(row)) + " " + claims.vtep(row);
    }

    /** By network and address. */
    private static Collection<String> turns(Claims claims) {
        Map<String, String> lines = new TreeMap<>();
        for (int row = 0; row < claims.size(); row++) {
            Turns turns = claims.turns(row);
            if (turns != null) {
                lines.put(
                        claims.vni(row) + " " + claims.ip(row),
                        turns.total() + " turns: "
                                + IntStream.range(0, turns.size())
                                        .mapToObj(turn -> claim(claims, turns.claim(turn)) + " from "
                                                + time(turns.first(turn)) + " to " + time(turns.last(turn)))
                                        .collect(Collectors.joining(", ")));
            }
        }
        return lines.values();
    }

    private static List<String> claims(Claims claims) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < claims.size(); row++) {
            lines.add("claim %s: packets %d, first %s, last %s"
                    .formatted(
                            claim(claims, row), claims.packets(row), time(claims.first(row)), time(claims.last(row))));
        }
        Collections.sort(lines);
        return lines;
    }

    private static List<String> sizes(CaptureSummary summary) {
        Conversations conversations = summary.flows().conversations();
        return IntStream.range(0, conversations.size())
                .mapToObj(conversations::vni)
                .collect(Collectors.toCollection(() -> new TreeSet<>(Comparator.comparing(String::valueOf))))
                .stream()
                .map(vni -> "sizes %s: packets %s, of tcp %s, mss %s"
                        .formatted(
                                vni,
                                lengths(summary, vni, PacketSizes.Kind.PACKET),
                                lengths(summary, vni, PacketSizes.Kind.TCP_PACKET),
                                lengths(summary, vni, PacketSizes.Kind.MAXIMUM_SEGMENT_SIZE)))
                .toList();
    }

    private static Set<Integer> lengths(CaptureSummary summary, int vni, PacketSizes.Kind kind) {
        Set<Integer> lengths = new TreeSet<>(summary.sizes().lengths(vni, true, kind));
        lengths.addAll(summary.sizes().lengths(vni, false, kind));
        return lengths;
    }

    private static Map<String, List<String>> flows(CaptureSummary summary) {
        Flows flows = summary.flows();
        Map<String, List<String>> texts = new TreeMap<>();
        Conversations conversations = flows.conversations();
        for (int flow : flows.latest().toArray()) {
            String name = conversations.vni(flow) + " " + new IpProtocol(conversations.protocol(flow)) + " "
                    + new TreeSet<>(List.of(end(conversations, flow, 0), end(conversations, flow, 1)));
            List<String> lines = new ArrayList<>(List.of("flow " + name));
            for (int row : flows.upTo(flow)) {
                lines.addAll(conversation(summary, row));
            }
            texts.put(name, lines);
        }
        return texts;
    }

    private static String end(Conversations flows, int flow, int direction) {
        return flows.address(flow, direction) + " " + flows.port(flow, direction);
    }

    private static List<String> conversation(CaptureSummary summary, int row) {
        Flows flows = summary.flows();
        Conversations conversations = flows.conversations();
        int initiator = conversations.initiator(row);
        List<String> lines = new ArrayList<>();
        lines.add("  first %s, last %s, by %s, begun by %s, syn %s at %s, answered %s at %s, timestamp %s"
                .formatted(
                        time(conversations.first(row)),
                        time(conversations.last(row)),
                        end(conversations, row, conversations.firstDirection(row)),
                        initiator == Conversations.NONE
                                ? "nobody"
                                : end(conversations, row, initiator) + " with "
                                        + Integer.toUnsignedLong(conversations.initialSequence(row)),
                        conversations.hasSyn(row),
                        time(conversations.synTime(row)),
                        conversations.isAnswered(row),
                        time(conversations.synAckTime(row)),
                        conversations.timestampValue(row)));
        Map<String, String> directions = new TreeMap<>();
        for (int direction = 0; direction < 2; direction++) {
            if (conversations.packets(row, direction) > 0) {
                String end = end(conversations, row, direction);
                directions.put(end, direction(summary, end, row, direction));
            }
        }
        lines.addAll(directions.values());
        EchoTimes echoes = flows.echoes(row);
        if (echoes != null) {
            lines.add("    requests %d, replies %d, micros %s"
                    .formatted(echoes.requests(), echoes.replies(), micros(echoes)));
        }
        return lines;
    }

    private static String direction(CaptureSummary summary, String end, int row, int direction) {
        Conversations conversations = summary.flows().conversations();
        int tunnel = conversations.tunnel(row, direction);
        boolean isTunnelled = conversations.vni(row) != Sighting.UNDERLAY;
        return "    from %s: packets %d, bytes %d, ttl %d, tunnel %s, fin %s, reset %s, first without syn %s, again %d"
                .formatted(
                        end,
                        conversations.packets(row, direction),
                        conversations.bytes(row, direction),
                        conversations.timeToLive(row, direction),
                        isTunnelled ? tunnel(summary.tunnels(), tunnel) : tunnel == -1 ? "none" : "wrong",
                        conversations.isFinished(row, direction),
                        conversations.isReset(row, direction),
                        time(conversations.firstAckTime(row, direction)),
                        conversations.retransmittedBytes(row, direction));
    }

    private static Map<Long, Long> micros(EchoTimes echoes) {
        Map<Long, Long> micros = new TreeMap<>();
        for (HistogramIterationValue value : echoes.micros().recordedValues()) {
            micros.put(value.getValueIteratedTo(), value.getCountAtValueIteratedTo());
        }
        return micros;
    }
}
