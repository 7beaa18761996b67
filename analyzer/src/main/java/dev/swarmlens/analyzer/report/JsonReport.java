package dev.swarmlens.analyzer.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes a report as JSON, schema version {@value Report#SCHEMA_VERSION}. Field by field rather than by reflection: the
 * order and the names are a contract, and a small report shall be there at once.
 */
public final class JsonReport {
    private final JsonGenerator json;

    private JsonReport(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Writes sections of a report.
     *
     * @param out where to; it is flushed and left open
     * @throws IOException if writing fails
     */
    public static void write(Report report, Set<Section> sections, OutputStream out) throws IOException {
        try (JsonGenerator json = PrettyJson.generator(out)) {
            new JsonReport(json).write(report, sections);
            json.writeRaw('\n');
        }
    }

    /**
     * Writes flows as JSON objects, a line each, the largest first.
     *
     * @param out where to; it is flushed and left open
     * @throws IOException if writing fails
     */
    public static void writeFlows(Report report, OutputStream out) throws IOException {
        try (JsonGenerator json = PrettyJson.lines(out)) {
            JsonReport lines = new JsonReport(json);
            for (Report.Flow flow : report.flows()) {
                lines.flow(flow);
            }
            json.writeRaw(report.flows().isEmpty() ? "" : "\n");
        }
    }

    /**
     * Writes balanced connections as JSON objects, a line each, with the service that each was for.
     *
     * @param out where to; it is flushed and left open
     * @throws IOException if writing fails
     */
    public static void writeConnections(Report report, OutputStream out) throws IOException {
        try (JsonGenerator json = PrettyJson.lines(out)) {
            JsonReport lines = new JsonReport(json);
            boolean any = false;
            for (Report.Ingress ingress : report.ingress()) {
                for (Report.Connection connection : ingress.connections()) {
                    any = true;
                    json.writeStartObject();
                    lines.service(ingress);
                    lines.legs(connection);
                    json.writeEndObject();
                }
            }
            json.writeRaw(any ? "\n" : "");
        }
    }

    /**
     * Writes the ways of TCP connections as JSON objects, a line each, those first that stopped.
     *
     * @param report one that tells paths
     * @param out where to; it is flushed and left open
     * @throws IOException if writing fails
     */
    public static void writePaths(Report report, OutputStream out) throws IOException {
        try (JsonGenerator json = PrettyJson.lines(out)) {
            JsonReport lines = new JsonReport(json);
            for (Report.Path path : report.paths()) {
                lines.path(path);
            }
            json.writeRaw(report.paths().isEmpty() ? "" : "\n");
        }
    }

    private void write(Report report, Set<Section> sections) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schemaVersion", Report.SCHEMA_VERSION);
        if (sections.contains(Section.CAPTURES)) {
            array("captures", report.captures(), this::capture);
        }
        if (sections.contains(Section.NETWORKS)) {
            array("networks", report.networks(), this::network);
            object("underlay", report.underlay(), sizes -> {
                number("largestPacket", sizes.largestPacket());
                mss(sizes);
            });
        }
        if (sections.contains(Section.VTEPS)) {
            array("vteps", report.vteps(), this::vtep);
            array("tunnels", report.tunnels(), this::tunnel);
            array("espTunnels", report.espTunnels(), this::espTunnel);
        }
        if (sections.contains(Section.NODES)) {
            array("nodes", report.nodes(), this::node);
            object("gossip", report.gossip(), this::gossip);
        }
        if (sections.contains(Section.ENDPOINTS)) {
            array("endpoints", report.endpoints(), this::endpoint);
            if (report.containers() == null) {
                json.writeNullField("containers");
            } else {
                array("containers", report.containers(), this::container);
            }
        }
        if (sections.contains(Section.FLOWS)) {
            json.writeNumberField("flowsTotal", report.flowsTotal());
            List<Report.Flow> byKey =
                    report.flows().stream().sorted(FlowSection.BY_KEY).toList();
            array("flows", byKey, this::flow);
            if (report.paths() != null) {
                number("pathsTotal", report.pathsTotal());
                List<Report.Path> byStart =
                        report.paths().stream().sorted(PathSection.BY_KEY).toList();
                array("paths", byStart, this::path);
            }
        }
        if (sections.contains(Section.INGRESS)) {
            array("ingress", ingress(report, true), this::ingress);
            array("vips", ingress(report, false), this::ingress);
        }
        if (sections.contains(Section.PINGS)) {
            json.writeNumberField("pingsTotal", report.pingsTotal());
            List<Report.Ping> byKey =
                    report.pings().stream().sorted(PingSection.BY_KEY).toList();
            array("pings", byKey, this::ping);
        }
        if (sections.contains(Section.EGRESS)) {
            json.writeNumberField("egressTotal", report.egressTotal());
            List<Report.Egress> byKey = report.egress().stream()
                    .sorted(Comparator.comparing(Report.Egress::key))
                    .toList();
            array("egress", byKey, this::egress);
        }
        if (sections.contains(Section.FINDINGS) && report.findings() != null) {
            array("findings", report.findings(), this::finding);
        }
        array("notes", report.notes(), json::writeString);
        json.writeEndObject();
    }

    private void finding(Report.Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", finding.id());
        json.writeStringField("title", finding.title());
        json.writeStringField("severity", lower(finding.severity()));
        json.writeStringField("confidence", lower(finding.confidence()));
        json.writeObjectFieldStart("subject");
        for (Map.Entry<String, String> role : finding.subject().entrySet()) {
            json.writeStringField(role.getKey(), role.getValue());
        }
        json.writeEndObject();
        array("evidence", finding.evidence(), evidence -> {
            json.writeStartObject();
            json.writeStringField("point", evidence.point());
            json.writeStringField("file", evidence.file());
            json.writeNumberField("frame", evidence.frame());
            time("time", evidence.time());
            json.writeStringField("note", evidence.note());
            json.writeEndObject();
        });
        json.writeStringField("explanation", finding.explanation());
        json.writeStringField("fix", finding.fix());
        json.writeStringField("wouldProve", finding.wouldProve());
        json.writeEndObject();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static List<Report.Ingress> ingress(Report report, boolean mesh) {
        return report.ingress().stream()
                .filter(service -> service.mesh() == mesh)
                .toList();
    }

    private interface Element<T> {
        void write(T value) throws IOException;
    }

    private <T> void array(String name, Collection<T> values, Element<T> element) throws IOException {
        json.writeArrayFieldStart(name);
        for (T value : values) {
            element.write(value);
        }
        json.writeEndArray();
    }

    private <T> void object(String name, T value, Element<T> fields) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            fields.write(value);
            json.writeEndObject();
        }
    }

    private void strings(String name, Collection<String> values) throws IOException {
        array(name, values, json::writeString);
    }

    private void numbers(String name, Collection<Integer> values) throws IOException {
        array(name, values, json::writeNumber);
    }

    private void string(String name, String value) throws IOException {
        json.writeFieldName(name);
        json.writeString(value);
    }

    private void number(String name, Integer value) throws IOException {
        number(name, value == null ? null : (Long) (long) value);
    }

    private void number(String name, Long value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private void number(String name, Double value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private void time(String name, Long nanos) throws IOException {
        string(name, nanos == null ? null : Times.iso(nanos));
    }

    /** LOAD_BALANCER becomes loadBalancer. */
    static String camelCase(Enum<?> value) {
        StringBuilder text = new StringBuilder();
        for (String word : value.name().split("_", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            text.append(text.isEmpty() ? lower : word.charAt(0) + lower.substring(1));
        }
        return text.toString();
    }

    private void capture(Report.Capture capture) throws IOException {
        json.writeStartObject();
        string("point", capture.point());
        strings("kinds", capture.kinds().stream().map(JsonReport::camelCase).toList());
        string("file", capture.file());
        string("format", capture.format());
        strings("linkTypes", capture.linkTypes());
        json.writeNumberField("packets", capture.packets());
        json.writeNumberField("bytes", capture.bytes());
        time("first", capture.first());
        time("last", capture.last());
        number("damagedAtOffset", capture.damagedAtOffset());
        number("skippedBytes", capture.skippedBytes());
        json.writeObjectFieldStart("problems");
        for (var problem : capture.problems().entrySet()) {
            number(problem.getKey(), problem.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void network(Report.Network network) throws IOException {
        json.writeStartObject();
        json.writeNumberField("vni", network.vni());
        string("name", network.name());
        string("nameSource", camelCase(network.nameSource()));
        strings("subnets", network.subnets());
        strings("assumedSubnets", network.assumedSubnets());
        json.writeFieldName("encrypted");
        if (network.encrypted() == null) {
            json.writeNull();
        } else {
            json.writeBoolean(network.encrypted());
        }
        json.writeNumberField("packets", network.packets());
        json.writeNumberField("bytes", network.bytes());
        strings("vteps", network.vteps());
        json.writeNumberField("endpoints", network.endpoints());
        number("largestInnerPacket", network.sizes().largestPacket());
        mss(network.sizes());
        json.writeEndObject();
    }

    private void mss(Report.Sizes sizes) throws IOException {
        object("mss", sizes.mss(), mss -> {
            json.writeNumberField("smallest", mss.smallest());
            json.writeNumberField("largest", mss.largest());
        });
    }

    private void vtep(Report.Vtep vtep) throws IOException {
        json.writeStartObject();
        string("address", vtep.address());
        string("node", vtep.node());
        strings("macs", vtep.macs());
        numbers("vnis", vtep.vnis());
        json.writeNumberField("packetsSent", vtep.packetsSent());
        json.writeNumberField("bytesSent", vtep.bytesSent());
        json.writeNumberField("packetsReceived", vtep.packetsReceived());
        json.writeNumberField("bytesReceived", vtep.bytesReceived());
        json.writeEndObject();
    }

    private void espTunnel(Report.EspTunnel tunnel) throws IOException {
        json.writeStartObject();
        string("from", tunnel.from());
        string("to", tunnel.to());
        string("spi", tunnel.spi());
        number("keyTag", tunnel.keyTag() == null ? null : Long.valueOf(tunnel.keyTag()));
        object("advertised", tunnel.advertised(), addresses -> {
            string("from", addresses.from());
            string("to", addresses.to());
        });
        json.writeNumberField("packets", tunnel.packets());
        json.writeNumberField("bytes", tunnel.bytes());
        time("first", tunnel.first());
        time("last", tunnel.last());
        object("sequence", tunnel, numbers -> {
            json.writeNumberField("lowest", numbers.lowestSequence());
            json.writeNumberField("highest", numbers.highestSequence());
            json.writeNumberField("missing", numbers.missing());
        });
        json.writeNumberField("decrypted", tunnel.opened());
        json.writeNumberField("failed", tunnel.refused());
        json.writeNumberField("cut", tunnel.cut());
        array("points", tunnel.points(), point -> {
            json.writeStartObject();
            string("point", point.point());
            json.writeNumberField("packets", point.packets());
            json.writeNumberField("missing", point.missing());
            json.writeNumberField("repeated", point.repeated());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private void node(Report.Node node) throws IOException {
        json.writeStartObject();
        string("address", node.address());
        string("name", node.name());
        json.writeFieldName("manager");
        if (node.manager() == null) {
            json.writeNull();
        } else {
            json.writeBoolean(node.manager());
        }
        json.writeBooleanField("captured", node.captured());
        traffic("management", node.management());
        traffic("gossip", node.gossip());
        traffic("overlay", node.overlay());
        number("largestMessage", node.largestMessage());
        time("first", node.first());
        time("last", node.last());
        array("peers", node.peers(), peer -> {
            json.writeStartObject();
            string("address", peer.address());
            traffic("gossip", peer.gossip());
            json.writeNumberField("probes", peer.probes());
            json.writeNumberField("acknowledgments", peer.acknowledgments());
            array("unanswered", peer.unanswered(), silence -> {
                json.writeStartObject();
                time("first", silence.first());
                time("last", silence.last());
                json.writeNumberField("probes", silence.probes());
                json.writeNumberField("heard", silence.heard());
                time("lastHeard", silence.lastHeard());
                json.writeEndObject();
            });
            json.writeNumberField("streams", peer.streams());
            json.writeNumberField("streamsAnswered", peer.streamsAnswered());
            number("largestMessage", peer.largestMessage());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private void tunnel(Report.Tunnel tunnel) throws IOException {
        json.writeStartObject();
        string("from", tunnel.from());
        string("to", tunnel.to());
        string("encapsulation", camelCase(tunnel.encapsulation()));
        number("sent", tunnel.sent());
        number("received", tunnel.received());
        number("compared", tunnel.compared());
        number("oneIn", tunnel.oneIn());
        number("lost", tunnel.lost());
        time("firstLost", tunnel.firstLost());
        time("lastLost", tunnel.lastLost());
        number("reordered", tunnel.reordered());
        delay("transitMicros", tunnel.transitMicros());
        number("clockOffsetMicros", tunnel.clockOffsetMicros());
        delay("delayMicros", tunnel.delayMicros());
        array("lostPackets", tunnel.lostPackets(), packet -> {
            json.writeStartObject();
            time("time", packet.time());
            number("vni", packet.vni());
            string("protocol", packet.protocol());
            socket("from", packet.from());
            socket("to", packet.to());
            number("outerIdentification", packet.outerIdentification());
            number("identification", packet.identification());
            number("sequenceNumber", packet.sequenceNumber());
            number("securityAssociation", packet.securityAssociation());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private void gossip(Report.Gossip gossip) throws IOException {
        json.writeNumberField("opened", gossip.opened());
        json.writeNumberField("notOpened", gossip.notOpened());
        json.writeNumberField("malformed", gossip.malformed());
        array("events", gossip.events(), event -> {
            json.writeStartObject();
            time("time", event.time());
            string("member", event.member());
            string("address", event.address());
            string("event", camelCase(event.event()));
            string("by", event.by());
            json.writeEndObject();
        });
        array("entries", gossip.entries(), entry -> {
            json.writeStartObject();
            string("network", entry.network());
            number("vni", entry.vni() == null ? null : (long) entry.vni());
            string("ip", entry.ip());
            string("mac", entry.mac());
            string("vtep", entry.vtep());
            string("name", entry.name());
            string("service", entry.service());
            string("virtualIp", entry.virtualIp());
            strings("publishedPorts", entry.publishedPorts());
            string("by", entry.by());
            time("first", entry.first());
            time("last", entry.last());
            json.writeBooleanField("deleted", entry.deleted());
            json.writeEndObject();
        });
    }

    private void traffic(String name, Report.Traffic traffic) throws IOException {
        object(name, traffic, present -> {
            json.writeNumberField("sent", present.sent());
            json.writeNumberField("received", present.received());
        });
    }

    private void delay(String name, Report.Delay times) throws IOException {
        object(name, times, delay -> {
            json.writeNumberField("min", delay.min());
            json.writeNumberField("median", delay.median());
            json.writeNumberField("max", delay.max());
        });
    }

    private void endpoint(Report.Endpoint endpoint) throws IOException {
        json.writeStartObject();
        json.writeNumberField("vni", endpoint.vni());
        string("ip", endpoint.ip());
        string("mac", endpoint.mac());
        string("vtep", endpoint.vtep());
        string("kind", camelCase(endpoint.kind()));
        string("kindSource", camelCase(endpoint.kindSource()));
        string("name", endpoint.name());
        json.writeNumberField("packetsSent", endpoint.packetsSent());
        time("first", endpoint.first());
        time("last", endpoint.last());
        array("claims", endpoint.claims(), claim -> {
            json.writeStartObject();
            string("vtep", claim.vtep());
            string("mac", claim.mac());
            json.writeNumberField("packets", claim.packets());
            time("first", claim.first());
            time("last", claim.last());
            array("intervals", claim.intervals(), interval -> {
                json.writeStartObject();
                time("first", interval.first());
                time("last", interval.last());
                json.writeEndObject();
            });
            kernelMarks(claim);
            json.writeEndObject();
        });
        json.writeBooleanField("contested", endpoint.contested());
        json.writeNumberField("turns", endpoint.turns());
        array("moves", endpoint.moves(), move -> {
            json.writeStartObject();
            string("fromVtep", move.fromVtep());
            string("fromMac", move.fromMac());
            string("toVtep", move.toVtep());
            string("toMac", move.toMac());
            time("silentSince", move.silentSince());
            time("at", move.at());
            json.writeEndObject();
        });
        kernelMarks(endpoint.owner());
        json.writeEndObject();
    }

    private void container(Report.Container container) throws IOException {
        json.writeStartObject();
        string("id", container.id());
        string("name", container.name());
        string("service", container.service());
        string("vtep", container.vtep());
        array("addresses", container.addresses(), address -> {
            json.writeStartObject();
            string("network", address.network());
            json.writeBooleanField("overlay", address.overlay());
            number("vni", address.vni() == null ? null : (long) address.vni());
            string("ip", address.ip());
            string("mac", address.mac());
            json.writeNumberField("packetsSent", address.packetsSent());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private void egress(Report.Egress egress) throws IOException {
        json.writeStartObject();
        string("via", egress.key().via() == Report.Via.DOCKER_GWBRIDGE ? "docker_gwbridge" : "underlay");
        string("node", egress.key().node());
        string("from", egress.key().from());
        string("container", egress.container());
        string("protocol", egress.key().protocol());
        socket("to", egress.key().to());
        json.writeNumberField("connections", egress.connections());
        json.writeNumberField("unanswered", egress.unanswered());
        json.writeNumberField("packets", egress.packets());
        json.writeNumberField("bytes", egress.bytes());
        time("first", egress.first());
        time("last", egress.last());
        json.writeEndObject();
    }

    private void kernelMarks(Report.Claim claim) throws IOException {
        kernelMarks("confirmedBy", claim.confirmedBy());
        kernelMarks("contradictedBy", claim.contradictedBy());
    }

    private void kernelMarks(String name, List<Report.KernelMark> marks) throws IOException {
        if (marks == null) {
            json.writeNullField(name);
            return;
        }
        array(name, marks, mark -> {
            json.writeStartObject();
            string("node", mark.node());
            string("table", mark.table());
            string("device", mark.device());
            string("key", mark.key());
            string("value", mark.value());
            strings("at", mark.at().stream().map(Times::iso).toList());
            json.writeEndObject();
        });
    }

    private void socket(String name, Report.Socket socket) throws IOException {
        object(name, socket, present -> {
            string("ip", present.ip());
            number("port", present.port() == null ? null : (long) present.port());
        });
    }

    private void flow(Report.Flow flow) throws IOException {
        json.writeStartObject();
        string("scope", flow.vni() == null ? "underlay" : "overlay");
        number("vni", flow.vni() == null ? null : (long) flow.vni());
        string("protocol", flow.protocol());
        socket("initiator", flow.initiator());
        socket("responder", flow.responder());
        object("vteps", flow.vni() == null ? null : flow, present -> {
            string("initiator", present.initiatorVtep());
            string("responder", present.responderVtep());
        });
        strings("points", flow.points());
        time("first", flow.first());
        time("last", flow.last());
        object("packets", flow, present -> {
            json.writeNumberField("forward", present.packetsForward());
            json.writeNumberField("reverse", present.packetsReverse());
        });
        object("bytes", flow, present -> {
            json.writeNumberField("forward", present.bytesForward());
            json.writeNumberField("reverse", present.bytesReverse());
        });
        object("tcp", flow.tcp(), tcp -> {
            string("state", camelCase(tcp.state()));
            json.writeNumberField("connections", tcp.connections());
            number("handshakeMicros", tcp.handshakeMicros());
            json.writeNumberField("retransmittedBytes", tcp.retransmittedBytes());
        });
        object("icmp", flow.icmp(), icmp -> {
            json.writeNumberField("requests", icmp.requests());
            json.writeNumberField("replies", icmp.replies());
            rtt(icmp.rttMicros());
        });
        json.writeEndObject();
    }

    private void path(Report.Path path) throws IOException {
        json.writeStartObject();
        time("start", path.start());
        socket("client", path.client());
        socket("asked", path.asked());
        array("hops", path.hops(), hop -> {
            json.writeStartObject();
            string("point", hop.point());
            string("kind", camelCase(hop.kind()));
            number("vni", hop.vni());
            socket("from", hop.from());
            socket("to", hop.to());
            object("packets", hop, present -> {
                json.writeNumberField("forward", present.packetsForward());
                json.writeNumberField("reverse", present.packetsReverse());
            });
            object("dataBytes", hop, present -> {
                json.writeNumberField("forward", present.dataForward());
                json.writeNumberField("reverse", present.dataReverse());
            });
            time("first", hop.first());
            json.writeEndObject();
        });
        object("stopped", path.stopped(), stop -> {
            string("what", stop.answer() ? "answer" : "request");
            json.writeNumberField("after", stop.after());
            number("before", stop.before());
        });
        json.writeEndObject();
    }

    private void rtt(Report.Rtt times) throws IOException {
        object("rttMicros", times, rtt -> {
            json.writeNumberField("min", rtt.min());
            json.writeNumberField("median", rtt.median());
            json.writeNumberField("max", rtt.max());
        });
    }

    private void ping(Report.Ping ping) throws IOException {
        json.writeStartObject();
        number("vni", ping.vni() == null ? null : (long) ping.vni());
        pingEnd("from", ping.from(), ping.fromName(), ping.fromVtep());
        pingEnd("to", ping.to(), ping.toName(), ping.toVtep());
        json.writeNumberField("identifier", ping.identifier());
        strings("points", ping.points());
        time("first", ping.first());
        time("last", ping.last());
        json.writeNumberField("requests", ping.requests());
        json.writeNumberField("replies", ping.replies());
        json.writeNumberField("lost", ping.lost());
        rtt(ping.rttMicros());
        json.writeEndObject();
    }

    private void pingEnd(String field, String ip, String name, String vtep) throws IOException {
        object(field, ip, address -> {
            string("ip", address);
            string("name", name);
            string("vtep", vtep);
        });
    }

    private void ingress(Report.Ingress ingress) throws IOException {
        json.writeStartObject();
        service(ingress);
        numbers("publishedPorts", ingress.publishedPorts());
        array("entries", ingress.entries(), this::entry);
        strings("notes", ingress.notes());
        json.writeNumberField("connectionsTotal", ingress.connectionsTotal());
        array("connections", ingress.connections(), this::connection);
        json.writeEndObject();
    }

    private void service(Report.Ingress ingress) throws IOException {
        number("vni", ingress.vni() == null ? null : (long) ingress.vni());
        string("network", ingress.network());
        json.writeBooleanField("mesh", ingress.mesh());
        string("service", ingress.service());
        string("protocol", ingress.protocol());
    }

    private void entry(Report.Entry entry) throws IOException {
        json.writeStartObject();
        string("node", entry.node());
        string("address", entry.address());
        string("loadBalancerIp", entry.loadBalancerIp());
        json.writeBooleanField("captured", entry.captured());
        object("connections", entry.connections(), counts -> {
            number("fromClients", counts.fromClients());
            json.writeNumberField("overOverlay", counts.overOverlay());
            number("localInferred", counts.localInferred());
            number("refusedOrLost", counts.refusedOrLost());
        });
        array("backends", entry.backends(), this::backend);
        object("roundRobin", entry.roundRobin(), wheel -> {
            json.writeNumberField("backends", wheel.backends());
            json.writeNumberField("inOrder", wheel.inOrder());
            json.writeNumberField("outOfOrder", wheel.outOfOrder());
            array("changes", wheel.changes(), change -> {
                json.writeStartObject();
                time("from", change.from());
                json.writeNumberField("backends", change.backends());
                json.writeEndObject();
            });
        });
        object("fairness", entry.fairness(), fairness -> {
            json.writeNumberField("jain", fairness.jain());
            json.writeNumberField("maxMinusMin", fairness.maxMinusMin());
            number("chiSquareP", fairness.chiSquareP());
        });
        object("ipvs", entry.ipvs(), counts -> {
            time("from", counts.from());
            time("to", counts.to());
            array("backends", counts.backends(), backend -> {
                json.writeStartObject();
                string("ip", backend.ip());
                json.writeNumberField("connections", backend.connections());
                json.writeEndObject();
            });
        });
        json.writeEndObject();
    }

    private void backend(Report.Backend backend) throws IOException {
        json.writeStartObject();
        string("ip", backend.ip());
        string("vtep", backend.vtep());
        string("task", backend.task());
        numbers("ports", backend.ports());
        json.writeNumberField("connections", backend.connections());
        json.writeNumberField("unanswered", backend.unanswered());
        json.writeNumberField("bytes", backend.bytes());
        number("share", backend.share());
        number("expectedShare", backend.expectedShare());
        json.writeEndObject();
    }

    private void connection(Report.Connection connection) throws IOException {
        json.writeStartObject();
        legs(connection);
        json.writeEndObject();
    }

    private void legs(Report.Connection connection) throws IOException {
        socket("client", connection.client());
        socket("destination", connection.destination());
        string("entry", connection.entry());
        socket("gateway", connection.gateway());
        socket("loadBalancer", connection.loadBalancer());
        string("vtep", connection.vtep());
        socket("task", connection.task());
        string("correlatedBy", connection.correlatedBy());
        time("start", connection.start());
    }
}
