package dev.swarmlens.analyzer.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One request, as the client that sent it logged it.
 *
 * @param time when the client began, by its clock; later requests on a kept connection begin after the connection
 * @param took how long until it had its answer
 * @param protocol {@code tcp} or {@code udp}
 * @param client the client's address
 * @param clientPort the client's port
 * @param node the name of the node asked
 * @param entry the address of the node asked
 * @param port the published port asked
 * @param replica the beginning of the container identifier of the replica that answered, {@code ""} if none did
 * @param body what the answer said
 */
record ClientRequest(
        Instant time,
        Duration took,
        String protocol,
        String client,
        int clientPort,
        String node,
        String entry,
        int port,
        String replica,
        String body) {

    static final int REPLICA_DIGITS = 12;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final Pattern SPACE = Pattern.compile(" ");

    /** The answers of some replicas say: who I am, whom I see as the client, my own address. */
    private static final int PARTS_OF_SELF_DESCRIPTION = 3;

    /** A request that the task with this ingress address has answered. */
    record Answered(ClientRequest request, String task) {}

    static ClientRequest read(JsonNode json) {
        long micros = Math.round(json.path("t").asDouble() * MICROS_PER_SECOND);
        return new ClientRequest(
                Instant.EPOCH.plus(Duration.ofNanos(micros * 1000)),
                Duration.ofNanos(Math.round(json.path("ms").asDouble() * NANOS_PER_MILLI)),
                json.path("proto").asText(),
                json.path("src").asText(),
                json.path("sport").asInt(),
                json.path("node").asText(),
                json.path("dst").asText(),
                json.path("dport").asInt(),
                json.path("replica").asText(""),
                json.path("body").asText(""));
    }

    /** The ingress address of the replica that answered; {@code ""} if none did, or not through the routing mesh. */
    String taskAddress(Map<String, String> addressByReplica) {
        List<String> answer = SPACE.splitAsStream(body).toList();
        if (answer.size() == PARTS_OF_SELF_DESCRIPTION && answer.get(0).equals(replica)) {
            return answer.get(2);
        }
        return addressByReplica.getOrDefault(replica, "");
    }
}
