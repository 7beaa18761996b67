package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.CapturedFile;
import dev.swarmlens.analyzer.gossip.GossipKeys;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.CaptureSummary;
import dev.swarmlens.analyzer.summary.Origin;
import dev.swarmlens.analyzer.summary.Summary;
import dev.swarmlens.capture.Damage;
import dev.swarmlens.capture.Skipped;
import dev.swarmlens.codecs.LinkType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Makes a report of a summary. */
public final class Reporter {
    private final Inventory inventory;
    private final int top;
    private final GossipKeys gossipKeys;
    private final boolean paths;

    /**
     * Makes a reporter.
     *
     * @param inventory names; {@link Inventory#EMPTY} if there are none
     * @param top how many flows, pings, and connections of a service, are told at most
     */
    public Reporter(Inventory inventory, int top) {
        this(inventory, top, null, false);
    }

    /**
     * Makes a reporter that may open gossip, and tell paths.
     *
     * @param inventory names; {@link Inventory#EMPTY} if there are none
     * @param top how many flows, pings, and connections of a service, are told at most
     * @param gossipKeys keys of the gossip that summaries keep; {@code null} if there are none
     * @param paths whether each connection's path is told
     */
    public Reporter(Inventory inventory, int top, GossipKeys gossipKeys, boolean paths) {
        this.inventory = inventory;
        this.top = top;
        this.gossipKeys = gossipKeys;
        this.paths = paths;
    }

    /**
     * Makes the report.
     *
     * @param files what was read, in the user's order
     * @param summary what was counted; it is used up
     */
    public Report report(List<CapturedFile> files, Summary summary) {
        return picture(files, summary).report();
    }

    /**
     * Makes the report, and keeps what it was made of for who looks closer.
     *
     * @param files what was read, in the user's order
     * @param summary what was counted; it is used up
     */
    public Picture picture(List<CapturedFile> files, Summary summary) {
        List<Report.Capture> captures =
                files.stream().map(file -> capture(file, summary)).toList();
        List<Vantage> vantages = Vantage.of(summary.captures());
        Names names = new Names(inventory, vantages);
        GossipFacts gossip = gossipKeys == null ? null : GossipFacts.of(gossipKeys, names, vantages);
        List<Report.Endpoint> endpoints =
                new EndpointSection(names, vantages, Optional.ofNullable(gossip)).endpoints(vantages);
        SizeSection sizes = new SizeSection(vantages);
        List<Tunnel> tunnels = Tunnel.of(vantages);
        NetworkSection networks = new NetworkSection(names, tunnels, sizes);
        Aliases aliases = Aliases.of(vantages, endpoints);
        CompletableFuture<List<Report.Ingress>> ingress =
                CompletableFuture.supplyAsync(() -> new IngressSection(names, aliases, vantages).toReport(top));
        FlowSection flows = new FlowSection(vantages);
        PingSection pings = new PingSection(names, vantages);
        EgressSection egress = new EgressSection(names, vantages, tunnels);
        CaptureKinds kinds = new CaptureKinds(names, vantages, tunnels);
        PathSection ways = paths ? new PathSection(names, vantages, kinds) : null;
        Report report = new Report(
                withKinds(captures, files, order -> kinds.of(vantages, order)),
                networks.networks(endpoints),
                sizes.of(Sighting.UNDERLAY),
                networks.vteps(),
                new TunnelSection(names, vantages).tunnels(),
                new EspSection(names, vantages).tunnels(),
                new NodeSection(names, vantages, tunnels).nodes(),
                gossip == null ? null : gossip.toReport(),
                endpoints,
                inventory.isEmpty() ? null : new ContainerSection(names).containers(endpoints),
                flows.total(),
                flows.largest(top),
                ways == null ? null : ways.total(),
                ways == null ? null : ways.worst(top),
                ingress.join(),
                pings.total(),
                pings.worst(top),
                egress.total(),
                egress.most(top),
                null,
                List.of());
        return new Picture(vantages, names, report.withNotes(new Notes(names, vantages, report).toList()));
    }

    private static List<Report.Capture> withKinds(
            List<Report.Capture> captures, List<CapturedFile> files, IntFunction<List<Report.CaptureKind>> kinds) {
        return IntStream.range(0, captures.size())
                .mapToObj(
                        i -> captures.get(i).withKinds(kinds.apply(files.get(i).order())))
                .toList();
    }

    private static Report.Capture capture(CapturedFile file, Summary summary) {
        long packets = 0;
        long bytes = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        TreeSet<LinkType> linkTypes = new TreeSet<>(Comparator.comparingInt(LinkType::code));
        SortedMap<String, Long> problems = new TreeMap<>();
        for (Map.Entry<Origin, CaptureSummary> entry : summary.captures().entrySet()) {
            if (entry.getKey().order() == file.order()) {
                CaptureSummary seen = entry.getValue();
                packets += seen.packets();
                bytes += seen.bytes();
                first = Math.min(first, seen.first());
                last = Math.max(last, seen.last());
                linkTypes.addAll(seen.linkTypes());
                seen.problems().forEach((problem, count) -> problems.merge(problem, count, Long::sum));
            }
        }
        List<String> linkTypeNames = new ArrayList<>();
        linkTypes.forEach(type -> linkTypeNames.add(type.name()));
        return new Report.Capture(
                file.point(),
                List.of(),
                file.name(),
                file.format().toString(),
                linkTypeNames,
                packets,
                bytes,
                Times.orNull(first),
                Times.orNull(last),
                file.damage().map(Damage::offset).orElse(null),
                file.damage()
                        .map(Damage::skipped)
                        .filter(skipped -> skipped.places() > 0)
                        .map(Skipped::bytes)
                        .orElse(null),
                problems);
    }
}
