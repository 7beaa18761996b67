package dev.swarmlens.analyzer.gossip;

import dev.swarmlens.analyzer.kaitai.Memberlist;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Opens what is encrypted: with AES-GCM, whose tag tells whether a key is the right one. */
final class Seal {
    private static final int TAG = 16;
    private static final int BLOCK = 16;
    private static final byte[] NOTHING = {};

    /** The key that opened last comes first. */
    private final List<SecretKeySpec> keys = new ArrayList<>();

    private final Cipher cipher;

    Seal(GossipKeys gossipKeys) {
        gossipKeys.keys().forEach(key -> keys.add(new SecretKeySpec(key, "AES")));
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    /** Opens a UDP packet's; empty if no key does. */
    Optional<byte[]> open(Memberlist.Sealed sealed) {
        return open(sealed, NOTHING);
    }

    /**
     * Opens what is encrypted.
     *
     * @param additional what stands around it in clear and is protected, too
     * @return empty if no key opens it
     */
    Optional<byte[]> open(Memberlist.Sealed sealed, byte[] additional) {
        if (sealed.ciphertext().length < TAG) {
            return Optional.empty();
        }
        for (int i = 0; i < keys.size(); i++) {
            Optional<byte[]> clear = open(sealed, additional, keys.get(i));
            if (clear.isPresent()) {
                keys.add(0, keys.remove(i));
                return sealed.version() == 0 ? clear.flatMap(Seal::withoutPadding) : clear;
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> open(Memberlist.Sealed sealed, byte[] additional, SecretKeySpec key) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG * Byte.SIZE, sealed.nonce()));
            cipher.updateAAD(additional);
            return Optional.of(cipher.doFinal(sealed.ciphertext()));
        } catch (AEADBadTagException otherKey) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("keys and nonces have their lengths", impossible);
        }
    }

    /** Each byte of the padding is its length. */
    private static Optional<byte[]> withoutPadding(byte[] clear) {
        int padding = clear.length == 0 ? 0 : clear[clear.length - 1] & 0xff;
        return padding == 0 || padding > BLOCK || padding > clear.length
                ? Optional.empty()
                : Optional.of(Arrays.copyOf(clear, clear.length - padding));
    }
}
