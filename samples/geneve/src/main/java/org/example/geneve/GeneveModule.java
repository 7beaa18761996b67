package org.example.geneve;

import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.ProtocolModule;
import dev.swarmlens.codecs.ProtocolRegistry;

/** Binds Geneve to its UDP port; found by {@link java.util.ServiceLoader}. */
public final class GeneveModule implements ProtocolModule {

    /** For {@link java.util.ServiceLoader}. */
    public GeneveModule() {}

    @Override
    public void register(ProtocolRegistry.Builder registry) {
        registry.bind(Binding.UDP_DESTINATION_PORT, Geneve.PORT, GeneveProtocol.INSTANCE);
    }
}
