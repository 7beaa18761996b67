package dev.swarmlens.analyzer.engine;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer to one GET over a UNIX socket: HTTP/1.1, RFC 9112, one request a connection. */
final class HttpAnswer implements Closeable {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
    private static final int LONGEST_LINE = 8192;
    private static final int MOST_HEADERS = 200;

    /** What a status of 100 to 199 announces: the answer is still to come. */
    private static final int FIRST_FINAL_STATUS = 200;

    private final Path socket;
    private final String target;
    private final Duration time;
    private final UnixConnection connection;
    private int status;
    private InputStream body;

    private HttpAnswer(Path socket, String target, Duration time, UnixConnection connection) {
        this.socket = socket;
        this.target = target;
        this.time = time;
        this.connection = connection;
    }

    /**
     * Asks, and reads the head of the answer.
     *
     * @param target path and query, as they stand in the request
     * @param time how long all may take, from here to the answer's last byte
     */
    static HttpAnswer get(Path socket, String target, Duration time) throws EngineException {
        HttpAnswer answer = new HttpAnswer(socket, target, time, connect(socket, time));
        try {
            answer.ask();
            return answer;
        } catch (IOException failed) {
            try (answer) {
                throw answer.unusable(failed);
            } catch (EngineException told) {
                throw told;
            } catch (IOException closing) {
                throw answer.unusable(failed);
            }
        }
    }

    int status() {
        return status;
    }

    /** The body; reading from it may fail, and {@link #finish} then says how. */
    InputStream body() {
        return body;
    }

    /**
     * Reads what is left of the body.
     *
     * @throws EngineException if the body is not whole
     */
    void finish() throws EngineException {
        try {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException failed) {
            throw unusable(failed);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    private static UnixConnection connect(Path socket, Duration time) throws EngineException {
        try {
            return UnixConnection.open(socket, time);
        } catch (IOException failed) {
            throw new EngineException(EngineException.Reason.UNREACHABLE, whyUnreachable(socket, failed));
        }
    }

    private static String whyUnreachable(Path socket, IOException failed) {
        try {
            socket.getFileSystem().provider().checkAccess(socket);
        } catch (AccessDeniedException hidden) {
            return socket + " cannot be reached: permission denied; run as root";
        } catch (IOException absent) {
            return socket + " does not exist: no Docker daemon listens there";
        }
        if (!Files.isReadable(socket) || !Files.isWritable(socket)) {
            return socket + " cannot be opened: permission denied; run as root or as a member of the group docker";
        }
        return socket + " takes no connection, so no Docker daemon listens there: " + failed.getMessage();
    }

    private void ask() throws IOException {
        String request = "GET " + target + " HTTP/1.1\r\n"
                + "Host: docker\r\n"
                + "User-Agent: swarmlens\r\n"
                + "Accept: application/json\r\n"
                + "Connection: close\r\n\r\n";
        connection.send(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = new BufferedInputStream(connection);
        do {
            readHead(in);
        } while (status < FIRST_FINAL_STATUS);
    }

    private void readHead(InputStream in) throws IOException {
        Matcher first = STATUS_LINE.matcher(line(in));
        if (!first.matches()) {
            throw new IOException("is not HTTP");
        }
        status = Integer.parseInt(first.group(1));
        body = HttpBody.untilTheEnd(in);
        for (int headers = 0; ; headers++) {
            String header = line(in);
            if (header.isEmpty()) {
                return;
            }
            if (headers == MOST_HEADERS) {
                throw new IOException("has more than " + MOST_HEADERS + " headers");
            }
            int colon = header.indexOf(':');
            String name = header.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
            String value = header.substring(colon + 1).strip();
            if (name.equals("transfer-encoding") && value.equalsIgnoreCase("chunked")) {
                body = HttpBody.chunked(in);
            } else if (name.equals("content-length") && !(body instanceof HttpBody.Chunked)) {
                body = HttpBody.sized(in, length(value));
            }
        }
    }

    private static long length(String value) throws IOException {
        try {
            long length = Long.parseLong(value);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException odd) {
            // told below
        }
        throw new IOException("has an impossible length, " + value);
    }

    private static String line(InputStream in) throws IOException {
        String line = HttpBody.readLine(in, LONGEST_LINE);
        if (line == null) {
            throw new IOException("breaks off in its head");
        }
        return line;
    }

    private EngineException unusable(IOException failed) {
        String why = failed instanceof InterruptedIOException
                ? "is not there after " + time.toMillis() / 1e3 + " seconds"
                : failed.getMessage();
        return new EngineException(
                EngineException.Reason.BAD_ANSWER, socket + ": the answer to 'GET " + target + "' " + why);
    }
}
