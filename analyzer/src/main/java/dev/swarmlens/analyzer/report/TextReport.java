package dev.swarmlens.analyzer.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a report for people. */
public final class TextReport {
    private static final String INDENT = "  ";
    private static final int WRAP_AT = 110;

    private final Report report;
    private final boolean connections;
    private final StringBuilder out = new StringBuilder();

    private TextReport(Report report, boolean connections) {
        this.report = report;
        this.connections = connections;
    }

    /**
     * Writes sections of a report.
     *
     * @param connections whether the routing mesh's connections are listed one by one
     */
    public static String of(Report report, Set<Section> sections, boolean connections) {
        TextReport text = new TextReport(report, connections);
        text.headline();
        if (sections.contains(Section.FINDINGS) && report.findings() != null) {
            text.findings();
        }
        if (sections.contains(Section.CAPTURES)) {
            text.captures();
        }
        if (sections.contains(Section.NETWORKS)) {
            text.networks();
        }
        if (sections.contains(Section.VTEPS)) {
            text.vteps();
            text.tunnels();
            text.espTunnels();
        }
        if (sections.contains(Section.NODES)) {
            text.nodes();
            text.gossip();
        }
        if (sections.contains(Section.ENDPOINTS)) {
            text.containers();
            text.endpoints();
        }
        if (sections.contains(Section.INGRESS)) {
            text.ingress();
        }
        if (sections.contains(Section.PINGS)) {
            text.pings();
        }
        if (sections.contains(Section.EGRESS)) {
            text.egress();
        }
        if (sections.contains(Section.FLOWS)) {
            if (report.paths() == null) {
                text.flows();
            } else {
                text.paths();
            }
        }
        text.notes();
        return text.out.toString();
    }

    private void title(String title) {
        out.append('\n').append(title).append('\n');
    }

    private void headline() {
        long packets =
                report.captures().stream().mapToLong(Report.Capture::packets).sum();
        long bytes = report.captures().stream().mapToLong(Report.Capture::bytes).sum();
        out.append(count(report.captures().size(), "capture"))
                .append(", ")
                .append(count(packets, "packet"))
                .append(", ")
                .append(bytes(bytes));
        Long first = report.captures().stream()
                .map(Report.Capture::first)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        Long last = report.captures().stream()
                .map(Report.Capture::last)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        if (first != null && last != null) {
            out.append(", ")
                    .append(Times.seconds(first))
                    .append(" to ")
                    .append(Times.seconds(last))
                    .append(" UTC");
        }
        out.append('\n');
    }

    private void findings() {
        title("FINDINGS");
        if (report.findings().isEmpty()) {
            out.append(INDENT + "nothing wrong is visible in these captures\n");
            return;
        }
        for (Report.Finding finding : report.findings()) {
            out.append(INDENT)
                    .append(finding.severity())
                    .append("  ")
                    .append(finding.title())
                    .append("  [")
                    .append(finding.id())
                    .append(", ")
                    .append(finding.confidence().name().toLowerCase(Locale.ROOT))
                    .append("]\n");
            paragraph("", finding.explanation());
            out.append(INDENT + INDENT + "what to do\n");
            for (String line : finding.fix().split("\n", -1)) {
                if (line.startsWith(INDENT)) {
                    out.append(INDENT + INDENT + INDENT + INDENT)
                            .append(line.strip())
                            .append('\n');
                } else {
                    wrapped(INDENT + INDENT + INDENT, INDENT + INDENT + INDENT, line);
                }
            }
            if (finding.wouldProve() != null) {
                paragraph("what would prove it: ", finding.wouldProve());
            }
            if (!finding.evidence().isEmpty()) {
                Table table = new Table("POINT", ">FRAME", "TIME", "WHAT IT SHOWS");
                finding.evidence()
                        .forEach(frame -> table.add(
                                frame.point(),
                                frame.frame(),
                                frame.time() == null ? null : Times.timeOfDay(frame.time()),
                                frame.note()));
                table.print(INDENT + INDENT, out);
            }
            out.append('\n');
        }
        out.setLength(out.length() - 1);
    }

    private void paragraph(String first, String text) {
        wrapped(INDENT + INDENT + first, INDENT + INDENT, text);
    }

    private void captures() {
        title("CAPTURES");
        Table table = new Table("POINT", "TAKEN ON", ">PACKETS", ">BYTES", ">SECONDS", "FORMAT", "FILE");
        for (Report.Capture capture : report.captures()) {
            table.add(
                    capture.point(),
                    capture.kinds().stream().map(Report.CaptureKind::toString).collect(Collectors.joining(", ")),
                    capture.packets(),
                    bytes(capture.bytes()),
                    capture.first() == null
                            ? null
                            : String.format(Locale.ROOT, "%.1f", (capture.last() - capture.first()) / 1e9),
                    capture.format() + " (" + String.join(", ", capture.linkTypes()) + ")",
                    capture.file());
        }
        table.print(INDENT, out);
        for (Report.Capture capture : report.captures()) {
            if (capture.damagedAtOffset() != null) {
                out.append(INDENT + "! " + capture.point() + " is damaged at offset " + capture.damagedAtOffset()
                        + (capture.skippedBytes() == null
                                ? "; what follows is missing\n"
                                : "; " + capture.skippedBytes() + " bytes there and later were skipped\n"));
            }
            capture.problems()
                    .forEach((problem, packets) -> out.append(INDENT + INDENT + capture.point() + ": "
                            + count(packets, "packet") + " with " + problem + "\n"));
        }
    }

    private void networks() {
        title("NETWORKS");
        if (report.networks().isEmpty()) {
            out.append(INDENT + "none seen\n");
            return;
        }
        Table table = new Table(
                "VNI",
                "NAME",
                "SUBNET",
                "ENCRYPTED",
                ">NODES",
                ">ADDRESSES",
                ">PACKETS",
                ">BYTES",
                ">LARGEST PACKET",
                ">MSS");
        for (Report.Network network : report.networks()) {
            table.add(
                    network.vni(),
                    networkName(network),
                    subnets(network),
                    network.encrypted() == null ? "?" : network.encrypted() ? "yes" : "no",
                    network.vteps().size(),
                    network.endpoints(),
                    network.packets(),
                    bytes(network.bytes()),
                    network.sizes().largestPacket(),
                    mss(network.sizes()));
        }
        table.print(INDENT, out);
        Report.Sizes underlay = report.underlay();
        if (underlay.largestPacket() != null) {
            out.append(INDENT + "outside of VXLAN the largest packet has " + underlay.largestPacket() + " bytes"
                    + (underlay.mss() == null ? "" : ", MSS " + mss(underlay)) + "\n");
        }
    }

    private static String mss(Report.Sizes sizes) {
        Report.Mss mss = sizes.mss();
        return mss == null
                ? null
                : mss.smallest() == mss.largest()
                        ? Long.toString(mss.smallest())
                        : mss.smallest() + " to " + mss.largest();
    }

    private static String networkName(Report.Network network) {
        return switch (network.nameSource()) {
            case INVENTORY, GOSSIP -> network.name();
            case ASSUMED -> network.name() + " (assumed)";
            case UNKNOWN -> "?";
        };
    }

    private static String subnets(Report.Network network) {
        return network.subnets().isEmpty()
                ? String.join(", ", network.assumedSubnets()) + " (assumed)"
                : String.join(", ", network.subnets());
    }

    private void vteps() {
        title("NODES (tunnel endpoints)");
        if (report.vteps().isEmpty()) {
            out.append(INDENT + "none seen\n");
            return;
        }
        Table table = new Table("ADDRESS", "NODE", "MAC", "VNI", ">SENT", ">BYTES", ">RECEIVED", ">BYTES");
        for (Report.Vtep vtep : report.vteps()) {
            table.add(
                    vtep.address(),
                    vtep.node() == null ? "?" : vtep.node(),
                    vtep.macs().isEmpty() ? null : String.join(", ", vtep.macs()),
                    vtep.vnis().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    vtep.packetsSent(),
                    bytes(vtep.bytesSent()),
                    vtep.packetsReceived(),
                    bytes(vtep.bytesReceived()));
        }
        table.print(INDENT, out);
    }

    private void espTunnels() {
        if (report.espTunnels().isEmpty()) {
            return;
        }
        title("ENCRYPTED TUNNELS (ESP)");
        Table table =
                new Table("FROM", "TO", "SPI", "SWARM KEY", ">PACKETS", ">MISSING", ">DECRYPTED", ">FAILED", "SEEN");
        for (Report.EspTunnel tunnel : report.espTunnels()) {
            table.add(
                    nodeName(tunnel.fromNode(), tunnel.from()),
                    nodeName(tunnel.toNode(), tunnel.to()),
                    tunnel.spi(),
                    tunnel.keyTag() == null
                            ? "none fits"
                            : tunnel.keyTag()
                                    + (tunnel.advertised() == null
                                            ? ""
                                            : " of " + tunnel.advertised().from() + " → "
                                                    + tunnel.advertised().to()),
                    tunnel.packets(),
                    tunnel.missing(),
                    tunnel.opened() + tunnel.refused() == 0 ? null : tunnel.opened(),
                    tunnel.refused() == 0 ? null : tunnel.refused(),
                    tunnel.first() == null
                            ? null
                            : Times.timeOfDay(tunnel.first()) + " to " + Times.timeOfDay(tunnel.last()));
        }
        table.print(INDENT, out);
    }

    private static String nodeName(String name, String address) {
        return name == null ? address : name + " (" + address + ")";
    }

    private void nodes() {
        title("MEMBERS (packets sent and received: managers' port, gossip, overlay)");
        if (report.nodes().isEmpty()) {
            out.append(INDENT + "none seen\n");
            return;
        }
        Table table = new Table(
                "ADDRESS",
                "NODE",
                "MANAGER",
                ">PORT 2377",
                ">GOSSIP",
                ">WITH",
                ">OVERLAY",
                ">LARGEST MESSAGE",
                "CAPTURED");
        for (Report.Node node : report.nodes()) {
            table.add(
                    node.address(),
                    node.name() == null ? "?" : node.name(),
                    node.manager() == null ? "?" : node.manager() ? "yes" : "no",
                    traffic(node.management()),
                    traffic(node.gossip()),
                    node.peers().stream()
                            .filter(peer -> peer.gossip().sent() + peer.gossip().received() > 0)
                            .count(),
                    traffic(node.overlay()),
                    node.largestMessage() == null ? null : bytes(node.largestMessage()),
                    node.captured() ? "yes" : "no");
        }
        table.print(INDENT, out);
        for (Report.Node node : report.nodes()) {
            if (report.isLeftOut(node)) {
                out.append(INDENT + "! " + memberName(node)
                        + " talks to managers and not one packet of gossip or of an overlay was seen of it\n");
            }
            for (Report.Peer peer : node.peers()) {
                for (Report.Unanswered silence : peer.unanswered()) {
                    out.append(INDENT + "! " + memberName(node) + " probed " + memberName(peer.address()) + " "
                            + count(silence.probes(), "time") + " in vain"
                            + (silence.first() == null
                                    ? ""
                                    : ", " + Times.seconds(silence.first()) + " to " + Times.timeOfDay(silence.last()))
                            + (silence.heard() == 0
                                    ? ", and heard nothing of it\n"
                                    : ", though " + count(silence.heard(), "packet") + " came from there\n"));
                }
            }
        }
    }

    private void tunnels() {
        List<Report.Tunnel> compared = report.tunnels().stream()
                .filter(tunnel -> tunnel.compared() != null)
                .toList();
        if (compared.isEmpty()) {
            return;
        }
        title("BETWEEN NODES (captured at both ends)");
        Table table = new Table(
                "FROM", "TO", "IN", ">SENT", ">COMPARED", ">LOST", ">REORDERED", ">MIN", ">MEDIAN", ">MAX", ">CLOCK");
        for (Report.Tunnel tunnel : compared) {
            Report.Delay delay = tunnel.delayMicros();
            table.add(
                    nodeName(tunnel.from()),
                    nodeName(tunnel.to()),
                    tunnel.encapsulation(),
                    tunnel.sent(),
                    tunnel.compared() + (tunnel.oneIn() > 1 ? " (1 in " + tunnel.oneIn() + ")" : ""),
                    tunnel.lost(),
                    tunnel.reordered(),
                    delay == null ? null : delay(delay.min()),
                    delay == null ? null : delay(delay.median()),
                    delay == null ? null : delay(delay.max()),
                    tunnel.clockOffsetMicros() == null ? null : signed(tunnel.clockOffsetMicros()));
        }
        table.print(INDENT, out);
        for (Report.Tunnel tunnel : compared) {
            if (tunnel.lost() > 0) {
                out.append(INDENT + "! of " + count(tunnel.compared(), "packet") + " from " + nodeOf(tunnel.from())
                        + " to " + nodeOf(tunnel.to()) + ", " + tunnel.lost() + " did not arrive, "
                        + Times.timeOfDay(tunnel.firstLost()) + " to " + Times.timeOfDay(tunnel.lastLost()) + "\n");
            }
        }
    }

    private void gossip() {
        Report.Gossip gossip = report.gossip();
        if (gossip == null) {
            return;
        }
        title("GOSSIP: " + gossip.opened() + " of " + count(gossip.opened() + gossip.notOpened(), "message")
                + " opened");
        for (Report.GossipEvent event : gossip.events()) {
            out.append(INDENT + (event.time() == null ? "-" : Times.timeOfDay(event.time())) + "  " + event.member()
                    + " ("
                    + (event.address() == null ? "?" : memberName(event.address())) + ") "
                    + event.event().name().toLowerCase(Locale.ROOT)
                    + (event.by() == null || event.by().equals(event.member()) ? "" : ", by " + event.by()) + "\n");
        }
        if (!gossip.entries().isEmpty()) {
            Table table = new Table("NETWORK", "VNI", "IP", "MAC", "VTEP", "NAME", "SERVICE", "PORTS", "BY", "DELETED");
            for (Report.GossipEntry entry : gossip.entries()) {
                table.add(
                        entry.network(),
                        entry.vni() == null ? "?" : entry.vni(),
                        entry.ip(),
                        entry.mac(),
                        entry.vtep(),
                        entry.name(),
                        entry.service(),
                        entry.publishedPorts().isEmpty() ? null : String.join(", ", entry.publishedPorts()),
                        entry.by(),
                        entry.deleted() ? "yes" : null);
            }
            table.print(INDENT, out);
        }
    }

    private static String traffic(Report.Traffic traffic) {
        return traffic == null ? null : traffic.sent() + " / " + traffic.received();
    }

    private String memberName(String address) {
        return report.nodes().stream()
                .filter(node -> node.address().equals(address))
                .map(TextReport::memberName)
                .findFirst()
                .orElse(address);
    }

    private static String memberName(Report.Node node) {
        return node.name() == null ? node.address() : node.name() + " (" + node.address() + ")";
    }

    private static String delay(long micros) {
        return String.format(Locale.ROOT, "%.3f ms", micros / 1e3);
    }

    private static String signed(long micros) {
        return String.format(Locale.ROOT, "%+.3f ms", micros / 1e3);
    }

    private String nodeOf(String vtep) {
        return report.vteps().stream()
                .filter(each -> each.address().equals(vtep) && each.node() != null)
                .map(each -> each.node() + " (" + vtep + ")")
                .findFirst()
                .orElse(vtep);
    }

    private void containers() {
        if (report.containers() == null || report.containers().isEmpty()) {
            return;
        }
        title("CONTAINERS");
        Table table = new Table("CONTAINER", "NODE", "ADDRESSES");
        for (Report.Container container : report.containers()) {
            table.add(
                    shortName(container.name()),
                    nodeOf(container.vtep()),
                    container.addresses().stream()
                            .map(address -> address.ip() + " " + (address.network() == null ? "?" : address.network())
                                    + (address.overlay() && address.vni() == null ? " (not heard)" : ""))
                            .collect(Collectors.joining(", ")));
        }
        table.print(INDENT, out);
    }

    private void endpoints() {
        for (Report.Network network : report.networks()) {
            List<Report.Endpoint> here = report.endpoints().stream()
                    .filter(endpoint -> endpoint.vni() == network.vni())
                    .toList();
            title("ADDRESSES IN " + network.vni() + " " + networkName(network));
            Table table = new Table("IP", "MAC", "KIND", "NODE", ">SENT", "FIRST", "LAST", "KERNELS", "NAME");
            for (Report.Endpoint endpoint : here) {
                table.add(
                        endpoint.ip(),
                        endpoint.mac(),
                        kind(endpoint),
                        nodeOf(endpoint.vtep()),
                        endpoint.packetsSent(),
                        Times.timeOfDay(endpoint.first()),
                        Times.timeOfDay(endpoint.last()),
                        kernels(endpoint.owner()),
                        endpoint.name());
            }
            table.print(INDENT, out);
            for (Report.Endpoint endpoint : here) {
                moves(endpoint);
                contradictions(endpoint);
            }
        }
    }

    private void moves(Report.Endpoint endpoint) {
        for (Report.Move move : endpoint.moves()) {
            out.append(INDENT + "! " + endpoint.ip()
                    + (move.fromVtep().equals(move.toVtep())
                            ? " changed its MAC from " + move.fromMac() + " to " + move.toMac()
                            : " moved from " + nodeOf(move.fromVtep()) + " to " + nodeOf(move.toVtep())
                                    + (Objects.equals(move.fromMac(), move.toMac()) ? "" : ", MAC " + move.toMac()))
                    + (move.at() == null ? "" : " at " + Times.seconds(move.at()))
                    + (move.silentSince() == null
                            ? ""
                            : ", last sent from there at " + Times.timeOfDay(move.silentSince()))
                    + "\n");
        }
        if (endpoint.contested()) {
            out.append(INDENT + "! " + endpoint.ip() + " is claimed by several at once"
                    + (endpoint.turns() > endpoint.claims().size()
                            ? ", which sent in turn, " + endpoint.turns() + " turns"
                            : "")
                    + ":\n");
            for (Report.Claim claim : endpoint.claims()) {
                out.append(INDENT + INDENT + count(claim.packets(), "packet") + " from " + nodeOf(claim.vtep())
                        + (claim.mac() == null ? "" : " with MAC " + claim.mac())
                        + (claim.first() == null
                                ? ""
                                : ", " + Times.timeOfDay(claim.first()) + " to " + Times.timeOfDay(claim.last()))
                        + "\n");
            }
        }
    }

    /** How many entries of the kernels' tables agree with the packets and how many do not; nothing where none speaks of them. */
    private static String kernels(Report.Claim claim) {
        int agreeing = claim.confirmedBy() == null ? 0 : claim.confirmedBy().size();
        int against =
                claim.contradictedBy() == null ? 0 : claim.contradictedBy().size();
        return agreeing + against == 0 ? null : agreeing + " agree" + (against == 0 ? "" : ", " + against + " not");
    }

    private void contradictions(Report.Endpoint endpoint) {
        if (endpoint.owner().contradictedBy() == null) {
            return;
        }
        for (Report.KernelMark mark : endpoint.owner().contradictedBy()) {
            out.append(INDENT + "! " + endpoint.ip() + ": by " + mark.node() + "'s " + mark.table() + ", "
                    + mark.key() + " is "
                    + (mark.table().equals("neigh") ? mark.value() : "behind " + nodeOf(mark.value()))
                    + (mark.at().isEmpty()
                            ? ""
                            : " (" + mark.at().stream().map(Times::seconds).collect(Collectors.joining(", ")) + ")")
                    + "; its packets say otherwise\n");
        }
    }

    private static String kind(Report.Endpoint endpoint) {
        String kind = switch (endpoint.kind()) {
            case CONTAINER -> "container";
            case LOAD_BALANCER -> "load balancer";
            case UNKNOWN -> "?";
        };
        return endpoint.kindSource() == Report.Source.ASSUMED ? kind + " (assumed)" : kind;
    }

    private void ingress() {
        if (report.ingress().isEmpty()) {
            title("INGRESS (routing mesh)");
            out.append(INDENT + "no connection seen\n");
        }
        for (Report.Ingress service : report.ingress()) {
            String ports =
                    service.publishedPorts().stream().map(String::valueOf).collect(Collectors.joining(", "));
            String where = service.mesh()
                    ? "INGRESS "
                    : "VIRTUAL ADDRESS IN " + (service.network() == null ? service.vni() : service.network()) + ": ";
            title(where + (service.service() == null ? "" : service.service() + ", ") + service.protocol() + " port "
                    + ports + ": " + count(service.connectionsTotal(), "connection"));
            service.entries().forEach(this::entry);
            service.notes().forEach(this::wrapped);
            if (connections) {
                connections(service);
            }
        }
    }

    private void entry(Report.Entry entry) {
        Report.Connections counts = entry.connections();
        out.append(INDENT + "via ")
                .append(entry.node() == null ? entry.address() : entry.node() + " (" + entry.address() + ")")
                .append(entry.loadBalancerIp() == null ? "" : ", load balancer " + entry.loadBalancerIp())
                .append('\n')
                .append(INDENT + INDENT)
                .append(counts.fromClients() == null ? "clients not visible" : counts.fromClients() + " from clients")
                .append(": ")
                .append(counts.overOverlay())
                .append(entry.captured() ? " over the overlay" : " over the overlay, as far as visible");
        if (counts.localInferred() != null) {
            out.append(", ").append(counts.localInferred()).append(" answered on the node itself (inferred)");
        }
        if (counts.refusedOrLost() != null) {
            out.append("; ").append(counts.refusedOrLost()).append(" of them refused or lost");
        }
        out.append(roundRobin(entry)).append('\n');
        Table table =
                new Table("TO", "NODE", ">CONNECTIONS", ">NOT ANSWERED", ">SHARE", ">FAIR SHARE", ">BYTES", "TASK");
        for (Report.Backend backend : entry.backends()) {
            table.add(
                    backend.ip(),
                    backend.vtep() == null ? "?" : nodeOf(backend.vtep()),
                    backend.connections(),
                    backend.unanswered() == 0 ? null : backend.unanswered(),
                    percent(backend.share()),
                    percent(backend.expectedShare()),
                    bytes(backend.bytes()),
                    backend.task());
        }
        if (!entry.backends().isEmpty()) {
            table.print(INDENT + INDENT + INDENT, out);
        }
        if (entry.ipvs() != null) {
            out.append(INDENT + INDENT + INDENT + ipvs(entry) + "\n");
        }
    }

    /** The kernel's own count, and whether what was seen on the wire is the same. */
    private static String ipvs(Report.Entry entry) {
        List<String> differing = new ArrayList<>();
        long seen = 0;
        long here = 0;
        for (Report.IpvsBackend counted : entry.ipvs().backends()) {
            Long onWire = entry.backends().stream()
                    .filter(backend -> backend.ip().equals(counted.ip()))
                    .map(Report.Backend::connections)
                    .findFirst()
                    .orElse(null);
            if (onWire == null) {
                here += counted.connections();
            } else if (onWire == counted.connections()) {
                seen += onWire;
            } else {
                differing.add(counted.ip() + " " + counted.connections() + ", not " + onWire);
            }
        }
        boolean asInferred = Objects.equals(entry.connections().localInferred(), here);
        return "counted by IPVS itself: " + seen + " as seen here"
                + (here == 0
                        ? ""
                        : ", " + here + (asInferred ? " on the node itself, as inferred" : " to tasks not seen here"))
                + (differing.isEmpty() ? "" : ", " + String.join(", ", differing));
    }

    private static String roundRobin(Report.Entry entry) {
        Report.RoundRobin wheel = entry.roundRobin();
        if (wheel == null) {
            return "";
        }
        long all = wheel.inOrder() + wheel.outOfOrder();
        String turns = wheel.changes().stream()
                .map(change -> String.valueOf(change.backends()))
                .collect(Collectors.joining(", then "));
        return "; round robin in turns of " + turns + ", " + wheel.inOrder() + " of " + all + " in order";
    }

    private void connections(Report.Ingress service) {
        Table table = new Table(
                "START (UTC)", "CLIENT", "ASKED", "ENTRY", "GATEWAY", "LOAD BALANCER", "NODE", "TASK", "JOINED BY");
        for (Report.Connection connection : service.connections()) {
            table.add(
                    connection.start() == null ? null : Times.iso(connection.start()),
                    connection.client(),
                    connection.destination(),
                    connection.entry(),
                    connection.gateway(),
                    connection.loadBalancer(),
                    connection.vtep() == null ? null : nodeOf(connection.vtep()),
                    connection.task(),
                    connection.correlatedBy());
        }
        table.print(INDENT + INDENT, out);
        if (service.connections().size() < service.connectionsTotal()) {
            out.append(INDENT + "… "
                    + (service.connectionsTotal() - service.connections().size()) + " more; --top all lists them\n");
        }
    }

    private void egress() {
        boolean all = report.egress().size() == report.egressTotal();
        title("EGRESS (what left the swarm)"
                + (all
                        ? ""
                        : ": the " + report.egress().size() + " with the most connections of " + report.egressTotal()));
        if (report.egressTotal() == 0) {
            out.append(INDENT + "none seen\n");
            return;
        }
        Table table = new Table(
                "FROM",
                "ON NODE",
                "PROTOCOL",
                "TO",
                ">CONNECTIONS",
                ">NOT ANSWERED",
                ">PACKETS",
                ">BYTES",
                "FIRST",
                "LAST");
        for (Report.Egress egress : report.egress()) {
            Report.Egress.Key key = egress.key();
            table.add(
                    key.via() == Report.Via.DOCKER_GWBRIDGE
                            ? named(key.from(), egress.container())
                            : "the node, or a container behind it",
                    key.node() == null ? key.from() : key.node(),
                    key.protocol(),
                    key.to(),
                    egress.connections(),
                    egress.unanswered() == 0 ? null : egress.unanswered(),
                    egress.packets(),
                    bytes(egress.bytes()),
                    Times.timeOfDay(egress.first()),
                    Times.timeOfDay(egress.last()));
        }
        table.print(INDENT, out);
    }

    private void pings() {
        long lost = report.pings().stream().mapToLong(Report.Ping::lost).sum();
        boolean all = report.pings().size() == report.pingsTotal();
        title(
                all
                        ? "PINGS: " + report.pingsTotal()
                                + (lost == 0 ? "" : ", " + count(lost, "request") + " not answered")
                        : "PINGS: the " + report.pings().size() + " with the most losses of " + report.pingsTotal());
        if (report.pingsTotal() == 0) {
            out.append(INDENT + "none seen\n");
            return;
        }
        Table table = new Table(
                "FROM", "TO", "NETWORK", "NODES", ">ID", ">REQUESTS", ">REPLIES", ">LOST", ">MIN", ">MEDIAN", ">MAX");
        for (Report.Ping ping : report.pings()) {
            Report.Rtt rtt = ping.rttMicros();
            table.add(
                    named(ping.from(), ping.fromName()),
                    named(ping.to(), ping.toName()),
                    ping.vni() == null ? "outside of VXLAN" : network(ping.vni()),
                    ping.vni() == null ? null : nodeName(ping.fromVtep()) + " → " + nodeName(ping.toVtep()),
                    ping.identifier(),
                    ping.requests(),
                    ping.replies(),
                    ping.lost(),
                    rtt == null ? null : millis(rtt.min()),
                    rtt == null ? null : millis(rtt.median()),
                    rtt == null ? null : millis(rtt.max()));
        }
        table.print(INDENT, out);
    }

    private static String named(String address, String name) {
        return name == null ? address : address + " (" + shortName(name) + ")";
    }

    /** A task's name without its identifier: {@code web.2} for {@code web.2.is9kt9r800ab38sc8g9y9pyde}. */
    private static String shortName(String name) {
        return name.replaceFirst("\\.[a-z0-9]{25}$", "");
    }

    private String network(int vni) {
        return report.networks().stream()
                .filter(network -> network.vni() == vni && network.name() != null)
                .map(Report.Network::name)
                .findFirst()
                .orElse(Integer.toString(vni));
    }

    private String nodeName(String vtep) {
        return report.vteps().stream()
                .filter(each -> each.address().equals(vtep) && each.node() != null)
                .map(Report.Vtep::node)
                .findFirst()
                .orElse(vtep);
    }

    private void flows() {
        boolean all = report.flows().size() == report.flowsTotal();
        title(
                all
                        ? "FLOWS: " + report.flowsTotal()
                        : "FLOWS: the " + report.flows().size() + " largest of " + report.flowsTotal());
        Table table = new Table("NETWORK", "PROTOCOL", "INITIATOR", "RESPONDER", ">PACKETS", ">BYTES", "WHAT HAPPENED");
        for (Report.Flow flow : report.flows()) {
            table.add(
                    flow.vni() == null ? "underlay" : flow.vni(),
                    flow.protocol(),
                    flow.initiator(),
                    flow.responder(),
                    flow.packetsForward() + " + " + flow.packetsReverse(),
                    bytes(flow.bytes()),
                    outcome(flow));
        }
        table.print(INDENT, out);
    }

    private void paths() {
        boolean all = report.paths().size() == report.pathsTotal();
        title(
                all
                        ? "PATHS: " + count(report.pathsTotal(), "TCP connection")
                        : "PATHS: " + report.paths().size() + " of " + count(report.pathsTotal(), "TCP connection"));
        for (Report.Path path : report.paths()) {
            out.append(INDENT + (path.start() == null ? "" : Times.iso(path.start()) + "  ") + path.client() + " → "
                    + path.asked() + "\n");
            Table table = new Table("SEEN AT", "ON", "NETWORK", "FROM", "TO", ">PACKETS", ">DATA");
            for (Report.Hop hop : path.hops()) {
                boolean seen = hop.first() != null;
                table.add(
                        hop.point(),
                        hop.kind(),
                        hop.vni(),
                        seen ? hop.from() : "not seen",
                        seen ? hop.to() : null,
                        seen ? hop.packetsForward() + " + " + hop.packetsReverse() : null,
                        seen ? bytes(hop.dataForward()) + " + " + bytes(hop.dataReverse()) : null);
            }
            table.print(INDENT + INDENT, out);
            if (path.stopped() != null) {
                out.append(INDENT + INDENT + "! " + stop(path) + "\n");
            }
        }
    }

    private static String stop(Report.Path path) {
        Report.Stop stop = path.stopped();
        Report.Hop after = path.hops().get(stop.after());
        if (stop.before() == null) {
            return "not answered; seen last at " + after.point() + " (" + after.kind() + ")";
        }
        Report.Hop before = path.hops().get(stop.before());
        boolean part = stop.answer() ? before.packetsReverse() > 0 : before.packetsForward() > 0;
        return (part ? "part of " : "") + (stop.answer() ? "the answer" : "the request") + " stopped between "
                + after.point() + " (" + after.kind() + ") and " + before.point() + " (" + before.kind() + ")";
    }

    private static String outcome(Report.Flow flow) {
        if (flow.icmp() != null) {
            Report.Rtt rtt = flow.icmp().rttMicros();
            return flow.icmp().replies() + " of " + flow.icmp().requests() + " answered"
                    + (rtt == null ? "" : ", median " + millis(rtt.median()));
        }
        if (flow.tcp() == null) {
            return "";
        }
        List<String> words = new ArrayList<>();
        words.add(flow.tcp().state().name().toLowerCase(Locale.ROOT));
        if (flow.tcp().connections() > 1) {
            words.add(flow.tcp().connections() + " connections");
        }
        if (flow.tcp().handshakeMicros() != null) {
            words.add("handshake " + millis(flow.tcp().handshakeMicros()));
        }
        if (flow.tcp().retransmittedBytes() > 0) {
            words.add(bytes(flow.tcp().retransmittedBytes()) + " retransmitted");
        }
        return String.join(", ", words);
    }

    private void notes() {
        if (report.notes().isEmpty()) {
            return;
        }
        title("NOTES");
        report.notes().forEach(this::wrapped);
    }

    private void wrapped(String note) {
        wrapped(INDENT + "- ", INDENT + "  ", note);
    }

    private void wrapped(String first, String others, String text) {
        StringBuilder line = new StringBuilder(first);
        boolean begins = true;
        for (String word : text.split(" ", -1)) {
            if (!begins && line.length() + word.length() >= WRAP_AT) {
                out.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(others);
            }
            line.append(word).append(' ');
            begins = false;
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String percent(Double share) {
        return share == null ? null : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1e3);
    }

    private static String bytes(long bytes) {
        String[] units = {"kB", "MB", "GB", "TB"};
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes / 1e3;
        int unit = 0;
        while (value >= 999.95 && unit < units.length - 1) {
            value /= 1e3;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
