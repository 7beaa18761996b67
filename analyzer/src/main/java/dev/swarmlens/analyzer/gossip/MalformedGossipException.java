package dev.swarmlens.analyzer.gossip;

import java.io.IOException;

/** That a message which a key has opened does not keep to the format. */
final class MalformedGossipException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedGossipException(String message) {
        super(message);
    }
}
