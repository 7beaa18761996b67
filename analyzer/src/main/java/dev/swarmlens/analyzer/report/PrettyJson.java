package dev.swarmlens.analyzer.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;

/** How all JSON reports look: a member and an element a line, the same line ends everywhere. */
public final class PrettyJson {
    private PrettyJson() {}

    /**
     * A generator that leaves the stream open when it is closed.
     *
     * @throws IOException if writing fails
     */
    public static JsonGenerator generator(OutputStream out) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
        JsonGenerator json = factory.createGenerator(out);
        json.setPrettyPrinter(printer);
        return json;
    }

    /**
     * A generator of one object a line, that leaves the stream open when it is closed.
     *
     * @throws IOException if writing fails
     */
    static JsonGenerator lines(OutputStream out) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        JsonGenerator json = factory.createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        return json;
    }
}
