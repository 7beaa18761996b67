package dev.swarmlens.codecs;

/**
 * A set of protocols and their bindings, found on the class path by {@link java.util.ServiceLoader}: this is how a third
 * party adds a protocol. Name the implementation in {@code META-INF/services/dev.swarmlens.codecs.ProtocolModule}.
 */
@FunctionalInterface
public interface ProtocolModule {
    /** Adds this module's protocols to a registry under construction. */
    void register(ProtocolRegistry.Builder registry);
}
