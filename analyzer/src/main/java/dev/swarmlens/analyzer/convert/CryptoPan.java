package dev.swarmlens.analyzer.convert;

import dev.swarmlens.codecs.BigEndian;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Crypto-PAn, which gives each address another one so that two addresses have as many leading bits in common after as before:
 * J. Xu, J. Fan, M. Ammar, S. Moon, "Prefix-Preserving IP Address Anonymization", 2002. Who does not have the key cannot undo
 * it; whoever knows some pairs knows the prefixes that others share with them.
 *
 * <p>Not thread-safe.
 */
final class CryptoPan {
    /** Bytes of a key: half for the cipher, half for the padding. */
    static final int KEY_LENGTH = 32;

    private static final int BLOCK = 16;

    private final Cipher cipher;
    private final byte[] input = new byte[BLOCK];
    private final byte[] output = new byte[BLOCK];
    private final long padHigh;
    private final long padLow;
    private long high;
    private long low;

    /**
     * With a key.
     *
     * @param key 32 bytes
     */
    CryptoPan(byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a key has " + KEY_LENGTH + " bytes, not " + key.length);
        }
        try {
            cipher = newCipher();
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, 0, BLOCK, "AES"));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has AES", missing);
        }
        encrypt(BigEndian.i64(key, BLOCK), BigEndian.i64(key, BLOCK + Long.BYTES));
        padHigh = BigEndian.i64(output, 0);
        padLow = BigEndian.i64(output, Long.BYTES);
    }

    // the method is made of single blocks, each of which is encrypted only for its first bit
    @SuppressWarnings("InsecureCryptoUsage")
    private static Cipher newCipher() throws GeneralSecurityException {
        return Cipher.getInstance("AES/ECB/NoPadding");
    }

    /** Encrypts a block to {@link #output}. */
    private void encrypt(long first, long second) {
        BigEndian.put64(input, 0, first);
        BigEndian.put64(input, Long.BYTES, second);
        try {
            cipher.update(input, 0, BLOCK, output, 0);
        } catch (ShortBufferException impossible) {
            throw new IllegalStateException("a block is as long as a block", impossible);
        }
    }

    /** The IPv4 address in the place of another. */
    int ipv4(int address) {
        anonymize((long) address << Integer.SIZE, 0, Integer.SIZE);
        return (int) (high >>> Integer.SIZE);
    }

    /** The IPv6 address in the place of another: to {@link #high} and {@link #low}. */
    void ipv6(long addressHigh, long addressLow) {
        anonymize(addressHigh, addressLow, 2 * Long.SIZE);
    }

    /** The first eight bytes of the IPv6 address. */
    long high() {
        return high;
    }

    /** The last eight bytes of the IPv6 address. */
    long low() {
        return low;
    }

    /** Flips each bit or not, as a block says that is made of the bits before it. */
    private void anonymize(long addressHigh, long addressLow, int bits) {
        long flippedHigh = 0;
        long flippedLow = 0;
        for (int bit = 0; bit < bits; bit++) {
            long maskHigh = ones(bit);
            long maskLow = ones(bit - Long.SIZE);
            encrypt(addressHigh & maskHigh | padHigh & ~maskHigh, addressLow & maskLow | padLow & ~maskLow);
            long flip = output[0] < 0 ? 1 : 0;
            if (bit < Long.SIZE) {
                flippedHigh |= flip << Long.SIZE - 1 - bit;
            } else {
                flippedLow |= flip << 2 * Long.SIZE - 1 - bit;
            }
        }
        high = addressHigh ^ flippedHigh;
        low = addressLow ^ flippedLow;
    }

    /** Some of 64 bits, from the left. */
    private static long ones(int count) {
        return count <= 0 ? 0 : -1L << Long.SIZE - Math.min(count, Long.SIZE);
    }

    /** A secret number for another one: what cannot be told without the key. */
    long pseudonym(long number) {
        // blocks of addresses end in the padding, which is another half
        encrypt(~padHigh, number);
        return BigEndian.i64(output, 0);
    }
}
