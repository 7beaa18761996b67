package dev.swarmlens.codecs;

/** A frame as people read it: each layer in one line, its fields below, and what is wrong or unfinished where it stands. */
public final class FrameTree {
    private static final String INDENT = "    ";
    private static final int PREVIEW = 48;

    private FrameTree() {}

    /**
     * An Ethernet frame by the {@link ProtocolRegistry#standard standard} registry.
     *
     * @return lines, each with a line feed
     */
    public static String of(Bytes frame) {
        Layers layers = new Layers();
        new Dissector(ProtocolRegistry.standard()).dissect(frame.toArray(), LinkType.ETHERNET, layers);
        return of(layers);
    }

    /**
     * A dissected frame.
     *
     * @return lines, each with a line feed
     */
    public static String of(Layers layers) {
        StringBuilder tree = new StringBuilder();
        for (int layer = 0; layer < layers.count(); layer++) {
            add(tree, layers, layer);
        }
        addBytes(tree, "payload", layers, layers.payloadStart(), layers.payloadEnd());
        addBytes(tree, "trailer", layers, layers.payloadEnd(), layers.frameEnd());
        if (layers.hasFault()) {
            tree.append("problem: ").append(layers.problem()).append('\n');
        }
        return tree.toString();
    }

    private static void add(StringBuilder tree, Layers layers, int layer) {
        View view = layers.protocol(layer).newView();
        view.wrap(layers, layer);
        tree.append(view.toHeader());
        if (layer >= layers.sentCount()) {
            tree.append(" (quoted)");
        }
        addPlace(tree, layers.start(layer) - layers.frameStart(), layers.payload(layer) - layers.frameStart());
        for (Field field : layers.protocol(layer).fields()) {
            String value = field.text(view);
            if (value != null) {
                tree.append(INDENT)
                        .append(field.label())
                        .append(": ")
                        .append(value)
                        .append('\n');
            }
        }
        for (Offload trace : Offload.of(layers, layer, Offload.ETHERNET_MTU)) {
            tree.append(INDENT).append("offload: ").append(trace.words()).append('\n');
        }
    }

    private static void addBytes(StringBuilder tree, String name, Layers layers, int start, int end) {
        if (start < end) {
            tree.append(name).append(", ").append(preview(layers.frame(), start, end));
            addPlace(tree, start - layers.frameStart(), end - layers.frameStart());
        }
    }

    private static void addPlace(StringBuilder tree, int start, int end) {
        if (start < end) {
            tree.append("  (bytes ")
                    .append(start)
                    .append(" to ")
                    .append(end - 1)
                    .append(')');
        }
        tree.append('\n');
    }

    /** The first bytes, as text if all of them are. */
    private static String preview(byte[] frame, int start, int end) {
        int shown = Math.min(end, start + PREVIEW);
        StringBuilder text = new StringBuilder().append('"');
        for (int i = start; i < shown; i++) {
            if (frame[i] == '\r' || frame[i] == '\n') {
                text.append(frame[i] == '\r' ? "\\r" : "\\n");
            } else if (frame[i] >= ' ' && frame[i] <= '~') {
                text.append((char) frame[i]);
            } else {
                return Bytes.of(frame, start, end).toString();
            }
        }
        return text.append(shown < end ? "…\"" : "\"").toString();
    }
}
