package dev.swarmlens.analyzer.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server on a UNIX socket that answers as told, byte for byte: what a Docker daemon once answered, and what none should.
 */
public final class RecordedDaemon implements AutoCloseable {
    private static final int CHUNK = 1000;

    private final Path folder;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Map<String, byte[]> answers = new TreeMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile long pauseMillis;
    private volatile int piece = Integer.MAX_VALUE;

    /** Begins to listen. */
    public RecordedDaemon() throws IOException {
        folder = Files.createTempDirectory("swarmlens");
        socket = folder.resolve("docker.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(this::serve, "recorded daemon");
        thread.setDaemon(true);
        thread.start();
    }

    /** Answers as the daemon of a node would whose inspect output lies in a folder. */
    public static RecordedDaemon of(Path inspected, boolean chunked) throws IOException {
        RecordedDaemon daemon = new RecordedDaemon();
        daemon.json("/version", "{\"ApiVersion\":\"1.41\"}", chunked);
        daemon.json("/info", "{\"Name\":\"swarm-manager\"}", chunked);
        StringBuilder networks = new StringBuilder();
        for (String name : List.of("ingress", "myoverlay", "docker_gwbridge")) {
            String all = Files.readString(inspected.resolve("network-inspect-" + name + ".json"));
            String one = all.substring(all.indexOf('{'), all.lastIndexOf('}') + 1);
            networks.append(networks.isEmpty() ? "" : ",")
                    .append("{\"Id\":\"" + name + "\",\"Name\":\"" + name + "\"}");
            daemon.json("/networks/" + name + "?verbose=true", one, chunked);
        }
        daemon.json("/networks", "[" + networks + "]", chunked);
        daemon.json("/nodes", Files.readString(inspected.resolve("node-inspect.json")), chunked);
        daemon.json("/services", Files.readString(inspected.resolve("service-inspect.json")), chunked);
        daemon.json("/tasks", Files.readString(inspected.resolve("tasks.json")), chunked);
        daemon.json("/containers/json?all=true", "[{\"Id\":\"all\",\"Names\":[\"/all\"]}]", chunked);
        daemon.json("/containers/all/json", Files.readString(inspected.resolve("containers.json")), chunked);
        return daemon;
    }

    Path socket() {
        return socket;
    }

    /** Where it listens, as the command's option says it. */
    public String address() {
        return "unix://" + socket;
    }

    /** What was asked, in order: the first line of each request. */
    List<String> requests() {
        return requests;
    }

    /** Answers a request with these bytes, whatever they are, and closes the connection. */
    void raw(String target, byte[] answer) {
        answers.put(target, answer);
    }

    void raw(String target, String answer) {
        raw(target, answer.getBytes(StandardCharsets.UTF_8));
    }

    void json(String target, String json, boolean chunked) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        if (!chunked) {
            raw(target, join(head("200 OK", "Content-Length: " + body.length), body));
            return;
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(head("200 OK", "Transfer-Encoding: chunked"));
        for (int at = 0; at < body.length; at += CHUNK) {
            int length = Math.min(CHUNK, body.length - at);
            answer.writeBytes((Integer.toHexString(length) + ";extension=1\r\n").getBytes(StandardCharsets.US_ASCII));
            answer.write(body, at, length);
            answer.writeBytes(new byte[] {'\r', '\n'});
        }
        answer.writeBytes("0\r\nTrailer: none\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        raw(target, answer.toByteArray());
    }

    /** Answers as a daemon does that must not tell. */
    void refuse(String target, String status, String message) {
        byte[] body = ("{\"message\":\"" + message + "\"}\n").getBytes(StandardCharsets.UTF_8);
        raw(target, join(head(status, "Content-Length: " + body.length), body));
    }

    /** Keeps only the beginning of an answer. */
    void cut(String target, int length) {
        answers.put(target, Arrays.copyOf(answers.get(target), length));
    }

    byte[] answer(String target) {
        return answers.get(target);
    }

    /** From now on, waits before each piece of an answer. */
    void slowDown(long millis, int bytes) {
        pauseMillis = millis;
        piece = bytes;
    }

    private static byte[] head(String status, String header) {
        return ("HTTP/1.1 " + status + "\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\n" + header
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread thread = new Thread(() -> answer(client), "recorded answer");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (ClosedChannelException closed) {
            // the test is over
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void answer(SocketChannel client) {
        try (client) {
            ByteBuffer request = ByteBuffer.allocate(4096);
            String text;
            do {
                if (client.read(request) < 0) {
                    return;
                }
                text = new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII);
            } while (!text.endsWith("\r\n\r\n"));
            String line = text.lines().findFirst().orElseThrow();
            requests.add(line);
            byte[] answer = answers.get(line.split(" ", -1)[1]);
            ByteBuffer left = ByteBuffer.wrap(answer != null ? answer : head("404 Not Found", "Content-Length: 0"));
            while (left.hasRemaining()) {
                Thread.sleep(pauseMillis);
                ByteBuffer next = left.slice();
                next.limit(Math.min(piece, next.limit()));
                left.position(left.position() + client.write(next));
            }
        } catch (IOException | InterruptedException gone) {
            // who asked has had enough
        }
    }

    @Override
    public void close() throws IOException {
        if (!server.isOpen()) {
            return;
        }
        server.close();
        Files.deleteIfExists(socket);
        Files.delete(folder);
    }
}
