package dev.swarmlens.samples.truth;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.samples.scenario.Scenario;
import dev.swarmlens.samples.scenario.Scenario.FaultPlan;
import dev.swarmlens.samples.swarm.Endpoint;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Swarm;
import dev.swarmlens.samples.traffic.Ledger;
import dev.swarmlens.samples.traffic.Talk;
import dev.swarmlens.samples.wire.Point;
import dev.swarmlens.samples.wire.Wire.Claim;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes {@code truth.json}: the swarm first, each conversation as it ends, and then what can only be known at the end. Memory
 * does not depend on how many conversations there are.
 */
public final class Truth implements Ledger, Closeable {
    /** Of each fault so many packets are named, and all are counted. */
    private static final int EVIDENCE = 1000;

    private static final long NANOS = 1_000_000_000;

    private final Swarm swarm;
    private final Scenario scenario;
    private final JsonGenerator json;
    private final Map<Backend, Long> backends = new HashMap<>();
    private final List<List<Evidence>> evidence = new ArrayList<>();
    private final long[] shown;
    private long conversations;
    private long latestSecond = Long.MIN_VALUE;
    private String latestText = "";

    private record Evidence(String point, long frame) {}

    private record Backend(
            String service, String network, String from, String balancer, int port, String ip, String task)
            implements Comparable<Backend> {
        @Override
        public int compareTo(Backend other) {
            return toString().compareTo(other.toString());
        }
    }

    /**
     * Begins to write.
     *
     * @param out closed with this
     */
    public Truth(Scenario scenario, Swarm swarm, OutputStream out) throws IOException {
        this.scenario = scenario;
        this.swarm = swarm;
        this.shown = new long[scenario.faults().size()];
        scenario.faults().forEach(unused -> evidence.add(new ArrayList<>()));
        json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8);
        // one line for each item of a list
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        printer.indentObjectsWith(new DefaultPrettyPrinter.FixedSpaceIndenter());
        json.setPrettyPrinter(printer);
        json.writeStartObject();
        json.writeNumberField("truthVersion", 1);
        json.writeStringField("scenario", scenario.name());
        json.writeNumberField("seed", scenario.seed());
        json.writeNumberField("dataPathPort", swarm.dataPathPort());
        writeSwarm();
        json.writeArrayFieldStart("connections");
    }

    private void writeSwarm() throws IOException {
        json.writeArrayFieldStart("vteps");
        for (Node node : swarm.nodes()) {
            json.writeStartObject();
            json.writeStringField("node", node.name());
            json.writeStringField("address", node.address().toString());
            json.writeStringField("mac", node.mac().toString());
            json.writeNumberField("clockNanos", node.clockNanos());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("networks");
        for (Network network : swarm.networks()) {
            json.writeStartObject();
            json.writeStringField("name", network.name());
            json.writeNumberField("vni", network.vni());
            json.writeStringField("subnet", network.subnet().toString());
            json.writeBooleanField("encrypted", network.encrypted());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("endpoints");
        for (Network network : swarm.networks()) {
            for (Endpoint endpoint : swarm.endpoints(network)) {
                json.writeStartObject();
                json.writeNumberField("vni", network.vni());
                json.writeStringField("ip", endpoint.ip().toString());
                json.writeStringField("mac", endpoint.mac().toString());
                json.writeStringField("vtep", endpoint.node().address().toString());
                json.writeStringField("kind", endpoint.loadBalancer() ? "loadBalancer" : "container");
                json.writeStringField("name", endpoint.name());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    @Override
    public void ended(
            Talk talk,
            Talk.Outcome outcome,
            long startNanos,
            long endNanos,
            int requests,
            long bytesForward,
            long bytesBackward,
            boolean captured) {
        conversations++;
        backends.merge(
                new Backend(
                        talk.service(),
                        talk.network().map(Network::name).orElse("host"),
                        talk.fromNode().name(),
                        talk.balancer().map(Ipv4Address::toString).orElse(""),
                        talk.port(),
                        talk.taskAddress().toString(),
                        talk.task().orElse("")),
                1L,
                Long::sum);
        try {
            json.writeStartObject();
            json.writeStringField("kind", talk.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("service", talk.service());
            json.writeObjectFieldStart("client");
            json.writeStringField("name", talk.clientName());
            json.writeStringField("ip", talk.client().toString());
            json.writeNumberField("port", talk.clientPort());
            json.writeEndObject();
            writeText("entry", talk.entry().map(Node::name).orElse(null));
            writeText("network", talk.network().map(Network::name).orElse(null));
            writeText("loadBalancer", talk.balancer().map(Ipv4Address::toString).orElse(null));
            json.writeNumberField("port", talk.port());
            json.writeObjectFieldStart("task");
            writeText("name", talk.task().orElse(null));
            json.writeStringField("ip", talk.taskAddress().toString());
            json.writeStringField("vtep", talk.taskNode().address().toString());
            json.writeEndObject();
            json.writeBooleanField("overTunnel", talk.isTunnelled());
            json.writeStringField("outcome", outcome.name().toLowerCase(Locale.ROOT));
            json.writeStringField("start", time(startNanos));
            json.writeStringField("end", time(endNanos));
            json.writeNumberField("requests", requests);
            json.writeNumberField("bytesForward", bytesForward);
            json.writeNumberField("bytesBackward", bytesBackward);
            json.writeBooleanField("captured", captured);
            json.writeEndObject();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void writeText(String field, String text) throws IOException {
        if (text == null) {
            json.writeNullField(field);
        } else {
            json.writeStringField(field, text);
        }
    }

    private String time(long nanos) {
        long second = Math.floorDiv(nanos, NANOS);
        if (second != latestSecond) {
            latestSecond = second;
            String text = Instant.ofEpochSecond(second).toString();
            latestText = text.substring(0, text.length() - 1) + ".";
        }
        String fraction = Long.toString(NANOS + Math.floorMod(nanos, NANOS));
        return latestText + fraction.substring(1) + "Z";
    }

    /**
     * A captured frame shows a fault.
     *
     * @param fault its number
     * @param frame the frame's number in that point's own capture, 1 upward
     */
    public void show(int fault, Point point, long frame) {
        shown[fault]++;
        if (evidence.get(fault).size() < EVIDENCE) {
            evidence.get(fault).add(new Evidence(point.node().name() + "/" + point.name(), frame));
        }
    }

    /**
     * Writes what is known at the end.
     *
     * @param claims who was seen to send from which VTEP
     * @param frames how many frames each point has captured
     */
    public void finish(Map<Claim, Long> claims, Map<Point, Long> frames) throws IOException {
        json.writeEndArray();
        json.writeNumberField("connectionsTotal", conversations);
        json.writeArrayFieldStart("backends");
        for (Map.Entry<Backend, Long> entry : new TreeMap<>(backends).entrySet()) {
            Backend backend = entry.getKey();
            json.writeStartObject();
            json.writeStringField("service", backend.service());
            json.writeStringField("network", backend.network());
            json.writeStringField("from", backend.from());
            writeText("loadBalancer", backend.balancer().isEmpty() ? null : backend.balancer());
            json.writeNumberField("port", backend.port());
            json.writeStringField("ip", backend.ip());
            writeText("task", backend.task().isEmpty() ? null : backend.task());
            json.writeNumberField("connections", entry.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        writeClaims(claims);
        writeFaults();
        json.writeArrayFieldStart("captures");
        for (Map.Entry<Point, Long> entry : frames.entrySet()) {
            json.writeStartObject();
            json.writeStringField("node", entry.getKey().node().name());
            json.writeStringField("point", entry.getKey().name());
            json.writeNumberField("frames", entry.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeClaims(Map<Claim, Long> claims) throws IOException {
        json.writeArrayFieldStart("claims");
        for (Map.Entry<Claim, Long> entry : claims.entrySet()) {
            Claim claim = entry.getKey();
            json.writeStartObject();
            json.writeNumberField("vni", claim.vni());
            json.writeStringField("ip", claim.ip().toString());
            json.writeStringField("mac", claim.mac().toString());
            json.writeStringField("vtep", claim.vtep().toString());
            json.writeNumberField("packets", entry.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeFaults() throws IOException {
        json.writeArrayFieldStart("faults");
        for (int i = 0; i < evidence.size(); i++) {
            FaultPlan plan = scenario.faults().get(i);
            json.writeStartObject();
            json.writeStringField("id", plan.id());
            writeText("from", plan.from().orElse(null));
            writeText("to", plan.to().orElse(null));
            writeText("task", plan.task().orElse(null));
            json.writeStringField("start", time(scenario.startNanos() + plan.startNanos()));
            boolean forEver = plan.endNanos() == Long.MAX_VALUE;
            writeText("end", forEver ? null : time(scenario.startNanos() + plan.endNanos()));
            json.writeNumberField("packetsTotal", shown[i]);
            json.writeArrayFieldStart("packets");
            for (Evidence each : evidence.get(i)) {
                json.writeStartObject();
                json.writeStringField("point", each.point());
                json.writeNumberField("frame", each.frame());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
