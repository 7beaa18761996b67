package org.example.label;

import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.ProtocolModule;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.ipv4.Ipv4Protocol;

/** Where labels are found and what they carry. */
public final class LabelModule implements ProtocolModule {
    @Override
    public void register(ProtocolRegistry.Builder registry) {
        registry.bind(Binding.ETHER_TYPE, 0x88b5, LabelProtocol.INSTANCE)
                .bind(LabelProtocol.INSIDE, 7, Ipv4Protocol.INSTANCE);
    }
}
