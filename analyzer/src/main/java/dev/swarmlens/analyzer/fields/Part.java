package dev.swarmlens.analyzer.fields;

import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.Set;

/** A part of a packet: which of its layers a field is read from. */
enum Part {
    /** All layers. */
    WHOLE {
        @Override
        int from(int tunnel) {
            return 0;
        }

        @Override
        int to(int tunnel, int end) {
            return end;
        }
    },
    /** The layers up to the outermost tunnel's header, or all where there is no tunnel. */
    OUTER {
        @Override
        int from(int tunnel) {
            return 0;
        }

        @Override
        int to(int tunnel, int end) {
            return Math.min(tunnel + 1, end);
        }
    },
    /** The layers inside of the outermost tunnel. */
    INNER {
        @Override
        int from(int tunnel) {
            return tunnel + 1;
        }

        @Override
        int to(int tunnel, int end) {
            return end;
        }
    },
    /** The layers that carry the outermost tunnel; none where there is no tunnel. */
    CARRIER {
        @Override
        int from(int tunnel) {
            return 0;
        }

        @Override
        int to(int tunnel, int end) {
            return tunnel < end ? tunnel : 0;
        }
    };

    /** The first layer of the part. */
    abstract int from(int tunnel);

    /** The layer after the last of the part. */
    abstract int to(int tunnel, int end);

    /**
     * The outermost tunnel's layer.
     *
     * @return a great number if there is none
     */
    static int tunnel(Layers layers, Set<Protocol> tunnels) {
        for (int layer = 0; layer < layers.count(); layer++) {
            if (tunnels.contains(layers.protocol(layer))) {
                return layer;
            }
        }
        return Layers.CAPACITY;
    }
}
