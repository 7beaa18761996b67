package dev.swarmlens.analyzer.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The objects in a stream of JSON, be they elements of an array or written one after the other. Of each only the members
 * that an inventory needs are kept, so that a container's long configuration, or a huge stranger, costs no memory.
 */
final class JsonValues {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A file that shows so many objects and none of Docker's will show none later. */
    private static final int PATIENCE = 1000;

    /** How much blank space may stand before the first bracket. */
    private static final int SNIFFED_BYTES = 256;

    private static final Set<String> KEPT = Set.of(
            "Config",
            "Containers",
            "Created",
            "CreatedAt",
            "Description",
            "DesiredState",
            "Driver",
            "Endpoint",
            "ID",
            "IPAM",
            "Id",
            "Ingress",
            "Labels",
            "ManagerStatus",
            "Name",
            "Names",
            "NetworkSettings",
            "NetworksAttachments",
            "NodeID",
            "Options",
            "Peers",
            "Scope",
            "ServiceID",
            "Services",
            "Slot",
            "Spec",
            "State",
            "Status",
            "Swarm",
            "Version");

    private final Predicate<JsonNode> taker;
    private int taken;
    private int refused;

    private JsonValues(Predicate<JsonNode> taker) {
        this.taker = taker;
    }

    /** What one stream held: how many objects were taken, and whether its JSON broke off. */
    record Outcome(int taken, boolean broken) {}

    /**
     * Offers every object of the stream to {@code taker}, which tells whether it is one of Docker's. Bytes that are no
     * JSON are not read beyond their beginning.
     */
    static Outcome read(InputStream bytes, Predicate<JsonNode> taker) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(bytes);
        if (!looksLikeJson(buffered)) {
            return new Outcome(0, false);
        }
        JsonValues values = new JsonValues(taker);
        try (JsonParser parser = FACTORY.createParser(buffered)) {
            values.offerAll(parser);
            return new Outcome(values.taken, false);
        } catch (IOException damaged) {
            // Also a read error: what came before it is as good as what comes before a break.
            return new Outcome(values.taken, true);
        }
    }

    private void offerAll(JsonParser parser) throws IOException {
        JsonToken token;
        while ((token = parser.nextToken()) != null && (taken > 0 || refused < PATIENCE)) {
            if (token == JsonToken.START_OBJECT) {
                offer(pruned(parser));
            } else if (token == JsonToken.START_ARRAY
                    && parser.getParsingContext().getParent().inArray()) {
                parser.skipChildren();
            }
        }
    }

    private void offer(JsonNode value) {
        if (taker.test(value)) {
            taken++;
        } else {
            refused++;
        }
    }

    private static JsonNode pruned(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            parser.nextToken();
            if (KEPT.contains(member)) {
                object.set(member, tree(parser));
            } else {
                parser.skipChildren();
            }
        }
        return object;
    }

    /** Jackson has this too, behind an ObjectMapper, whose making takes longer than reading a whole inventory. */
    private static JsonNode tree(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String member = parser.currentName();
                    parser.nextToken();
                    object.set(member, tree(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(tree(parser));
                }
                yield array;
            }
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            // Text to our ends, and what stands for a number is asked for as one.
            default -> NODES.textNode(parser.getText());
        };
    }

    private static boolean looksLikeJson(BufferedInputStream bytes) throws IOException {
        bytes.mark(SNIFFED_BYTES);
        for (int seen = 0; seen < SNIFFED_BYTES; seen++) {
            int next = bytes.read();
            if (next == '[' || next == '{') {
                bytes.reset();
                return true;
            }
            if (!isBlank(next)) {
                return false;
            }
        }
        return false;
    }

    /** White space, or what a byte order mark and UTF-16 put around it: a Windows shell redirects into UTF-16. */
    private static boolean isBlank(int octet) {
        return switch (octet) {
            case ' ', '\t', '\r', '\n', 0x00, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF -> true;
            default -> false;
        };
    }
}
