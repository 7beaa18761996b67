package dev.swarmlens.analyzer.report;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Breaks JSON documents in one place at a time; of the elements of an array, which are alike, only the first. */
final class Mutations {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Mutations() {}

    /** The document with another value at a place, or a new member. */
    static JsonNode with(JsonNode document, String pointer, String value) throws IOException {
        JsonNode copy = document.deepCopy();
        put(copy, JsonPointer.compile(pointer), value == null ? NODES.nullNode() : JSON.readTree(value));
        return copy;
    }

    private static void put(JsonNode document, JsonPointer at, JsonNode value) {
        JsonNode parent = document.at(at.head());
        if (parent instanceof ArrayNode array) {
            array.set(at.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(at.last().getMatchingProperty(), value);
        }
    }

    /** Takes every member away, one at a time. */
    static void withoutOneMember(JsonNode document, BiConsumer<String, JsonNode> consumer) {
        for (JsonPointer place : places(document)) {
            if (!(document.at(place.head()) instanceof ArrayNode)) {
                JsonNode copy = document.deepCopy();
                ((ObjectNode) copy.at(place.head())).remove(place.last().getMatchingProperty());
                consumer.accept(place.toString(), copy);
            }
        }
    }

    /** Where a mutation of one value goes unnoticed. */
    static List<String> thatPass(
            JsonNode document, Function<JsonNode, List<JsonNode>> mutation, Predicate<JsonNode> test) {
        List<String> passed = new ArrayList<>();
        for (JsonPointer place : places(document)) {
            for (JsonNode wrong : mutation.apply(document.at(place))) {
                JsonNode copy = document.deepCopy();
                put(copy, place, wrong);
                if (test.test(copy)) {
                    passed.add(place + ": " + wrong);
                }
            }
        }
        return passed;
    }

    static List<JsonNode> withAnotherMember(JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            return List.of();
        }
        ObjectNode more = object.deepCopy();
        more.put("more", 1);
        return List.of(more);
    }

    static List<JsonNode> withAnotherType(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> List.of(IntNode.valueOf(1), NODES.arrayNode());
            case OBJECT, ARRAY, NUMBER, BOOLEAN -> List.of(TextNode.valueOf("text"), TextNode.valueOf("1"));
            default -> List.of(NODES.arrayNode());
        };
    }

    static List<JsonNode> withImpossibleNumber(JsonNode value) {
        if (!value.isNumber()) {
            return List.of();
        }
        JsonNode negative = IntNode.valueOf(-1);
        return value.isIntegralNumber() ? List.of(negative, NODES.numberNode(1.5)) : List.of(negative);
    }

    /** All members of objects, and the first elements of arrays: one place of each kind. */
    private static List<JsonPointer> places(JsonNode document) {
        List<JsonPointer> places = new ArrayList<>();
        collect(document, JsonPointer.empty(), "", places, new HashSet<>());
        return places;
    }

    private static void collect(
            JsonNode node, JsonPointer at, String kind, List<JsonPointer> places, Set<String> kinds) {
        if (!kind.isEmpty() && !node.isNull() && kinds.add(kind)) {
            places.add(at);
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                collect(array.get(i), at.appendIndex(i), kind + "/*", places, kinds);
            }
        } else {
            node.properties()
                    .forEach(member -> collect(
                            member.getValue(),
                            at.appendProperty(member.getKey()),
                            kind + '/' + member.getKey(),
                            places,
                            kinds));
        }
    }
}
