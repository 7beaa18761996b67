package dev.swarmlens.codecs;

import java.util.List;
import java.util.stream.IntStream;

/** Where one layer lies, counted from the beginning of the frame. */
record Extent(Protocol protocol, int start, int payload, int end) {

    static List<Extent> all(Layers layers) {
        int origin = layers.frameStart();
        return IntStream.range(0, layers.count())
                .mapToObj(i -> new Extent(
                        layers.protocol(i),
                        layers.start(i) - origin,
                        layers.payload(i) - origin,
                        layers.end(i) - origin))
                .toList();
    }

    /** The names of the protocols, outermost first. */
    static List<String> names(Layers layers) {
        return all(layers).stream().map(layer -> layer.protocol().name()).toList();
    }

    /** Fails unless {@code start ≤ payload ≤ end} for each layer, and each lies within what the one before encloses. */
    static void assertNested(Layers layers) {
        int from = layers.frameStart();
        int to = layers.frameEnd();
        for (int i = 0; i < layers.count(); i++) {
            boolean nested = from <= layers.start(i)
                    && layers.start(i) <= layers.payload(i)
                    && layers.payload(i) <= layers.end(i)
                    && layers.end(i) <= to;
            if (!nested) {
                throw new AssertionError("layer " + i + " lies outside of " + from + ".." + to + ": " + all(layers));
            }
            from = layers.payload(i);
            to = layers.end(i);
        }
    }
}
