package dev.swarmlens.analyzer.esp;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Dissector;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.esp.EspProtocol;
import dev.swarmlens.codecs.ipv4.Ipv4Protocol;
import dev.swarmlens.codecs.ipv4.Ipv4View;
import dev.swarmlens.codecs.ipv6.Ipv6Protocol;
import dev.swarmlens.codecs.ipv6.Ipv6View;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the layers of frames, and goes on inside of ESP where there is a key: the layers then lie in a copy of the frame in which
 * the payload is in clear. A packet whose check value is wrong stays closed, as one that was not captured whole.
 *
 * <p>Not thread-safe: one a thread, whose frames come one after the other. Without keys it adds nothing to a {@link Dissector}.
 */
public final class OpeningDissector {
    /** The pad length and the next header, which end what was encrypted. */
    private static final int TRAILER = 2;

    private final Dissector dissector;
    private final XfrmState keys;
    private final Map<Key, AesGcm> ciphers = new HashMap<>();
    private final Ipv4View ipv4 = new Ipv4View();
    private final Ipv6View ipv6 = new Ipv6View();
    private byte[] clear = new byte[0];
    private boolean opened;
    private boolean refused;

    /**
     * Makes a dissector.
     *
     * @param registry which protocol follows which
     * @param keys what opens ESP; {@link XfrmState#NONE} if nothing does
     */
    public OpeningDissector(ProtocolRegistry registry, XfrmState keys) {
        this.dissector = new Dissector(registry);
        this.keys = keys;
    }

    /**
     * Finds a frame's layers.
     *
     * @param layers receives the result, good until the next frame
     */
    public void dissect(Frame frame, Layers layers) {
        frame.dissect(dissector, layers);
        if (!keys.isEmpty()) {
            opened = false;
            refused = false;
            int last = layers.sentCount() - 1;
            if (last > 0 && last == layers.count() - 1 && layers.protocol(last) == EspProtocol.INSTANCE) {
                open(layers, last);
            }
        }
    }

    /** Whether the latest frame had ESP that was opened. */
    public boolean hasOpened() {
        return opened;
    }

    /** Whether the latest frame had ESP that the keys for it did not open: its check value was wrong. */
    public boolean hasRefused() {
        return refused;
    }

    private void open(Layers layers, int esp) {
        int end = layers.end(esp);
        if (end < layers.wireEnd(esp) || layers.isFragment(esp)) {
            return;
        }
        int spi = BigEndian.i32(layers.frame(), layers.start(esp));
        for (SecurityAssociation association : keys.find(sender(layers, esp), receiver(layers, esp), spi)) {
            int text = layers.payload(esp) + AesGcm.IV_LENGTH;
            int textEnd = end - association.tagBytes();
            if (textEnd - text >= TRAILER && isAuthentic(association, layers, esp) && goOn(layers, text, textEnd)) {
                opened = true;
                refused = false;
                return;
            }
            refused = true;
        }
    }

    /** Opens a packet into the copy of the frame. */
    private boolean isAuthentic(SecurityAssociation association, Layers layers, int esp) {
        int frameStart = layers.frameStart();
        int length = layers.frameEnd() - frameStart;
        if (clear.length < length) {
            clear = new byte[Math.max(length, 2 * clear.length)];
        }
        System.arraycopy(layers.frame(), frameStart, clear, 0, length);
        int text = layers.payload(esp) + AesGcm.IV_LENGTH - frameStart;
        return ciphers.computeIfAbsent(association.key(), AesGcm::new)
                .open(association, layers.frame(), layers.start(esp), layers.end(esp), clear, text);
    }

    /** Dissects what is inside, unless its padding is longer than all of it; the offsets are those in the frame. */
    private boolean goOn(Layers layers, int text, int textEnd) {
        int start = text - layers.frameStart();
        int end = textEnd - layers.frameStart();
        int payloadEnd = end - TRAILER - BigEndian.u8(clear, end - TRAILER);
        if (payloadEnd < start) {
            return false;
        }
        int nextHeader = BigEndian.u8(clear, end - 1);
        dissector.dissectClear(clear, start, payloadEnd, end, Binding.IP_PROTOCOL, nextHeader, layers);
        return true;
    }

    private Address sender(Layers layers, int below) {
        return address(layers, below, true);
    }

    private Address receiver(Layers layers, int below) {
        return address(layers, below, false);
    }

    private Address address(Layers layers, int below, boolean sender) {
        for (int i = below - 1; i >= 0; i--) {
            if (layers.protocol(i) == Ipv4Protocol.INSTANCE) {
                ipv4.wrap(layers, i);
                return new Address(0, Address.mapped(sender ? ipv4.source() : ipv4.destination()));
            }
            if (layers.protocol(i) == Ipv6Protocol.INSTANCE) {
                ipv6.wrap(layers, i);
                return sender
                        ? new Address(ipv6.sourceHigh(), ipv6.sourceLow())
                        : new Address(ipv6.destinationHigh(), ipv6.destinationLow());
            }
        }
        return new Address(0, 0);
    }
}
