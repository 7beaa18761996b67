package dev.swarmlens.analyzer.esp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.esp.Esp;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** Opens ESP packets with one key. Java's own cipher does not know check values of 64 bits. Not thread-safe. */
final class AesGcm {
    static final int IV_LENGTH = 8;
    private static final int SALT_LENGTH = 4;

    private final GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    private final byte[] nonce = new byte[SALT_LENGTH + IV_LENGTH];
    private final byte[] header = new byte[Esp.LENGTH];
    /** Until it is used for the first time; the cipher keeps it then. */
    private KeyParameter key;

    AesGcm(Key key) {
        this.key = new KeyParameter(key.secret());
    }

    /**
     * Opens a packet.
     *
     * @param frame holds the packet
     * @param start where its ESP header begins
     * @param end where its check value ends; the packet is long enough to have one
     * @param clear receives what was encrypted, whether or not it turns out to be authentic
     * @param at where in there
     * @return whether the check value is right
     */
    boolean open(SecurityAssociation association, byte[] frame, int start, int end, byte[] clear, int at) {
        int iv = start + Esp.LENGTH;
        int text = iv + IV_LENGTH;
        BigEndian.put32(nonce, 0, association.salt());
        System.arraycopy(frame, iv, nonce, SALT_LENGTH, IV_LENGTH);
        System.arraycopy(frame, start, header, 0, Esp.LENGTH);
        cipher.init(false, new AEADParameters(key, association.tagBytes() * Byte.SIZE, nonce, header));
        key = null;
        try {
            int done = cipher.processBytes(frame, text, end - text, clear, at);
            cipher.doFinal(clear, at + done);
            return true;
        } catch (InvalidCipherTextException notAuthentic) {
            return false;
        }
    }
}
