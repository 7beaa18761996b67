package dev.swarmlens.analyzer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the command answered.
 *
 * @param exit its exit code
 * @param out what it wrote to the standard output
 * @param err what it wrote to the standard error
 */
public record Invocation(int exit, String out, String err) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs the command in this process, with nothing to read from the standard input. */
    public static Invocation of(String... arguments) {
        return of(List.of(arguments));
    }

    /** Runs the command in this process, with nothing to read from the standard input. */
    public static Invocation of(List<String> arguments) {
        return of(InputStream.nullInputStream(), arguments);
    }

    static Invocation of(InputStream in, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit;
        try (PrintStream outPrinter = new PrintStream(out, false, StandardCharsets.UTF_8);
                PrintStream errPrinter = new PrintStream(err, false, StandardCharsets.UTF_8)) {
            exit = Swarmlens.run(arguments, in, outPrinter, errPrinter);
        }
        return new Invocation(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The standard output as JSON. */
    public JsonNode json() {
        try {
            return JSON.readTree(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
