package dev.swarmlens.analyzer.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request inside an overlay, as the container that sent it logged it with the answer, in which the replica tells what it
 * saw.
 *
 * @param time when the client began; later requests on a kept connection begin after the connection
 * @param client the client's own address and port
 * @param asked what it asked: a virtual address and port
 * @param seenAs whom the replica saw as its client
 * @param task the replica's own address
 */
record VirtualAddressRequest(Instant time, String client, String asked, String seenAs, String task) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BODY = Pattern.compile("\\S+ ([0-9.]+:[0-9]+) ([0-9.]+)");

    /** The answered ones in the log of a scenario's commands. */
    static List<VirtualAddressRequest> read(Path eventsLog) {
        List<VirtualAddressRequest> requests = new ArrayList<>();
        if (!Files.exists(eventsLog)) {
            return requests;
        }
        RecordedSwarm.lines(eventsLog)
                .filter(line -> line.startsWith("{") && line.contains("\"body\""))
                .forEach(line -> {
                    JsonNode json = parse(line);
                    Matcher body = BODY.matcher(json.path("body").asText().strip());
                    // who asked a task itself was seen as himself
                    if (body.matches() && !body.group(1).equals(socket(json.path("local")))) {
                        requests.add(new VirtualAddressRequest(
                                Instant.EPOCH.plus(Duration.ofNanos(
                                        Math.round(json.path("t").asDouble() * 1e6) * 1000)),
                                socket(json.path("local")),
                                socket(json.path("peer")),
                                body.group(1),
                                body.group(2)));
                    }
                });
        return requests;
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String socket(JsonNode pair) {
        return pair.path(0).asText() + ':' + pair.path(1).asText();
    }
}
