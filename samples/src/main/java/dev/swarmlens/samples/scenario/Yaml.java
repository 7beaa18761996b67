package dev.swarmlens.samples.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML document as a tree that knows its lines. */
sealed interface Yaml {
    /** Where it stands, 1 upward. */
    int line();

    /** What it is, in words. */
    String words();

    /** Text, a number, or nothing; as it was written. */
    record Scalar(int line, String text) implements Yaml {
        @Override
        public String words() {
            return text.isEmpty() ? "nothing" : "'" + text + "'";
        }
    }

    /** A list. */
    record Sequence(int line, List<Yaml> items) implements Yaml {
        @Override
        public String words() {
            return "a list";
        }
    }

    /** Keys and values. */
    record Mapping(int line, Map<String, Yaml> entries) implements Yaml {
        @Override
        public String words() {
            return "a mapping";
        }
    }

    /**
     * Reads a document.
     *
     * @param file what messages call it
     * @throws ScenarioException if it is no YAML
     */
    static Yaml read(String file, String text) throws ScenarioException {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            return parser.nextToken() == null ? new Mapping(1, Map.of()) : value(file, parser);
        } catch (JsonProcessingException broken) {
            int line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
            String reason = broken.getOriginalMessage().lines().findFirst().orElse("");
            throw new ScenarioException(file + ":" + line + ": not YAML: " + reason);
        } catch (IOException impossible) {
            throw new ScenarioException(file + ": " + impossible.getMessage());
        }
    }

    private static Yaml value(String file, YAMLParser parser) throws IOException, ScenarioException {
        int line = parser.currentTokenLocation().getLineNr();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            List<Yaml> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(file, parser));
            }
            return new Sequence(line, items);
        }
        if (token != JsonToken.START_OBJECT) {
            return new Scalar(line, token == JsonToken.VALUE_NULL ? "" : parser.getText());
        }
        Map<String, Yaml> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int keyLine = parser.currentTokenLocation().getLineNr();
            parser.nextToken();
            if (entries.put(key, value(file, parser)) != null) {
                throw new ScenarioException(file + ":" + keyLine + ": " + key + ": given twice");
            }
        }
        return new Mapping(line, entries);
    }
}
