package dev.swarmlens.analyzer.gossip;

/**
 * A row of one of NetworkDB's tables, and when it was told.
 *
 * @param network the network's identifier, 25 letters and digits
 * @param key the endpoint's identifier
 * @param owner the member that wrote it
 * @param first when it was first told, in nanoseconds since 1970 UTC; {@link Long#MAX_VALUE} if the capture does not say
 * @param last when it was last told; {@link Long#MIN_VALUE} if the capture does not say
 * @param deleted whether it was deleted at last
 * @param value what it says
 */
public record Entry<T>(String network, String key, String owner, long first, long last, boolean deleted, T value) {}
