package dev.swarmlens.analyzer.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A Docker daemon, asked for everything that names what packets show: networks, nodes, services, tasks and containers. Nothing
 * but GET is ever sent. What it must not tell, as a worker about services, is {@link Missing}, not an error.
 */
public final class Engine {
    /** Where a daemon listens that was not told otherwise. */
    public static final String DEFAULT_ADDRESS = "unix:///var/run/docker.sock";

    private static final String SCHEME = "unix://";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private static final JsonFactory JSON = new JsonFactory();

    private final Path socket;
    private final Duration patience;
    private final List<Missing> missing = new ArrayList<>();

    /** What is done with an answer. */
    @FunctionalInterface
    public interface Taker {
        /**
         * Takes an answer.
         *
         * @param file what a file of it is called, such as {@code service-inspect.json}
         * @param json its JSON, which need neither be read to its end nor closed
         * @throws IOException if it cannot be kept; if reading {@code json} failed, that outranks it
         */
        void take(String file, InputStream json) throws IOException;
    }

    private record Named(String id, String name) {}

    /**
     * Knows a daemon; nothing is asked yet.
     *
     * @param socket where it listens
     * @param patience how long one answer may take
     */
    public Engine(Path socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
    }

    /**
     * Knows the daemon at an address such as {@value #DEFAULT_ADDRESS}.
     *
     * @throws IllegalArgumentException if that is no UNIX socket's address; the message says what to write
     */
    public static Engine at(String address) {
        String path = address.startsWith(SCHEME) ? address.substring(SCHEME.length()) : address;
        if (path.contains("://")) {
            throw new IllegalArgumentException("a daemon is asked over a UNIX socket, as in " + DEFAULT_ADDRESS
                    + ", not at " + address
                    + "; 'ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock HOST' makes one of another host's");
        }
        try {
            if (!path.isEmpty()) {
                return new Engine(Path.of(path), PATIENCE);
            }
        } catch (InvalidPathException impossible) {
            // told below
        }
        throw new IllegalArgumentException("a daemon's address is like " + DEFAULT_ADDRESS + ", not '" + address + "'");
    }

    /**
     * Asks for everything.
     *
     * @param taker takes the answers, one after the other
     * @return what the daemon did not tell
     * @throws EngineException if the daemon cannot be asked, or does not answer as one
     * @throws IOException if the taker fails
     */
    public List<Missing> ask(Taker taker) throws IOException {
        missing.clear();
        if (!get("/version", "version.json", taker)) {
            throw new EngineException(
                    EngineException.Reason.BAD_ANSWER,
                    socket + " is no Docker daemon's: " + missing.get(0).command() + " is answered with "
                            + missing.get(0).reason());
        }
        get("/info", "info.json", taker);
        networks(taker);
        get("/nodes", "node-inspect.json", taker);
        get("/services", "service-inspect.json", taker);
        get("/tasks", "tasks.json", taker);
        for (Named container : list("/containers/json?all=true", "containers.json")) {
            inspect("/containers/" + encoded(container.id) + "/json", "container-" + container.name + ".json", taker);
        }
        return List.copyOf(missing);
    }

    private void networks(Taker taker) throws IOException {
        Set<String> names = new HashSet<>();
        for (Named network : list("/networks", "network-inspect.json")) {
            // only identifiers are unique, but names are what a person looks for
            String name = names.add(network.name) ? network.name : network.name + "-" + network.id;
            String target = "/networks/" + encoded(network.id);
            String file = "network-inspect-" + name + ".json";
            // what the other nodes have of it, too, where this node may know
            if (!quietly(target + "?verbose=true", file, taker)) {
                inspect(target, file, taker);
            }
        }
    }

    private boolean quietly(String target, String file, Taker taker) throws IOException {
        int before = missing.size();
        boolean got = get(target, file, taker);
        missing.subList(before, missing.size()).clear();
        return got;
    }

    /** Asks for something that was there a moment ago: should it be gone by now, it is not missing. */
    private void inspect(String target, String file, Taker taker) throws IOException {
        get(target, file, taker, status -> status == NOT_FOUND);
    }

    private boolean get(String target, String file, Taker taker) throws IOException {
        return get(target, file, taker, status -> false);
    }

    private boolean get(String target, String file, Taker taker, Predicate<Integer> expected) throws IOException {
        try (HttpAnswer answer = HttpAnswer.get(socket, target, patience)) {
            if (answer.status() != OK) {
                if (!expected.test(answer.status())) {
                    missing.add(new Missing(file, "GET " + target, answer.status() + " " + message(answer)));
                }
                answer.finish();
                return false;
            }
            try {
                taker.take(file, answer.body());
            } catch (IOException failed) {
                // if the answer itself is broken, that is what to tell
                answer.finish();
                throw failed;
            }
            answer.finish();
            return true;
        }
    }

    /** A list's members, by their identifiers. */
    private List<Named> list(String target, String file) throws IOException {
        List<Named> all = new ArrayList<>();
        get(target, file, (any, json) -> {
            try (JsonParser parser = JSON.createParser(json)) {
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    return;
                }
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    Named named = named(parser);
                    if (!named.id.isEmpty()) {
                        all.add(named);
                    }
                }
            }
        });
        return all;
    }

    /** The object that the parser stands at the beginning of: a network has a name, a container names, each after a slash. */
    private static Named named(JsonParser parser) throws IOException {
        String id = "";
        String name = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            if (member.equals("Id") && value == JsonToken.VALUE_STRING) {
                id = parser.getText();
            } else if (member.equals("Name") && value == JsonToken.VALUE_STRING) {
                name = parser.getText();
            } else if (member.equals("Names") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.VALUE_STRING) {
                    name = name.isEmpty() ? parser.getText() : name;
                }
            } else {
                parser.skipChildren();
            }
        }
        return new Named(id, fileName(name.isEmpty() ? id : name));
    }

    private static String fileName(String name) {
        String bare = name.startsWith("/") ? name.substring(1) : name;
        return bare.replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8);
    }

    /** The daemon's own words in an answer that is an error. */
    private static String message(HttpAnswer answer) {
        try (JsonParser parser = JSON.createParser(answer.body())) {
            while (parser.nextToken() != null) {
                if ("message".equals(parser.currentName()) && parser.currentToken() == JsonToken.VALUE_STRING) {
                    return parser.getText().replaceAll("\\s+", " ");
                }
            }
        } catch (IOException notJson) {
            // then the status must do
        }
        return "without a reason";
    }
}
