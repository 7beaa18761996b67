package dev.swarmlens.samples.wire;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.esp.Esp;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts as Docker lets the kernel do it: ESP in transport mode, RFC 4106 with AES-128 and a check value of 8 bytes. The salt
 * is the SPI, and the SPI is a hash of both nodes' addresses and of the key's age.
 */
public final class Ipsec {
    private static final int KEY_LENGTH = 16;
    private static final int IV_LENGTH = 8;
    private static final int CHECK_LENGTH = 8;
    private static final int NONCE_LENGTH = 12;
    /** What Java makes, of which only the first half is sent. */
    private static final int TAG_BITS = 128;

    private static final int WORD = 4;
    /** The pad length and the next header. */
    private static final int TAIL = 2;

    private static final int FNV_BASIS = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;
    private static final int MAPPED_PREFIX = 10;
    private static final int KEYS = 3;
    /** By so much grows the Lamport time of a key with each rotation. */
    private static final int ROTATION = 2;

    private final int firstTag;
    private final byte[][] keys = new byte[KEYS][KEY_LENGTH];
    private final Map<Integer, Long> sequences = new LinkedHashMap<>();
    private final Cipher cipher;

    Ipsec(SplittableRandom random) {
        firstTag = random.nextInt(1 << Short.SIZE);
        for (byte[] key : keys) {
            random.nextBytes(key);
        }
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no AES-GCM", missing);
        }
    }

    private int tag(int age) {
        return firstTag + ROTATION * (KEYS - 1 - age);
    }

    /** The SPI of what goes from one node to another: FNV-1a of both addresses, as IPv6 writes them, and the key's tag. */
    static int spi(Ipv4Address from, int tag, Ipv4Address to) {
        byte[] hashed = new byte[16 + Integer.BYTES + 16];
        mapped(hashed, 0, from);
        BigEndian.put32(hashed, 16, tag);
        mapped(hashed, 16 + Integer.BYTES, to);
        int hash = FNV_BASIS;
        for (byte each : hashed) {
            hash = (hash ^ each & 0xff) * FNV_PRIME;
        }
        return hash;
    }

    private static void mapped(byte[] bytes, int at, Ipv4Address address) {
        BigEndian.put16(bytes, at + MAPPED_PREFIX, 0xffff);
        BigEndian.put32(bytes, at + MAPPED_PREFIX + 2, address.bits());
    }

    /** Lines such as {@code ip xfrm state} prints them, for each pair of nodes and each key. */
    public String states(Iterable<Ipv4Address> nodes) {
        StringBuilder text = new StringBuilder();
        for (Ipv4Address from : nodes) {
            for (Ipv4Address to : nodes) {
                for (int age = 0; age < KEYS && !from.equals(to); age++) {
                    String spi = HexFormat.of().toHexDigits(spi(from, tag(age), to));
                    text.append(String.format(
                            "src %s dst %s%n\tproto esp spi 0x%s reqid 13681891 mode transport%n"
                                    + "\taead rfc4106(gcm(aes)) 0x%s%s 64%n",
                            from, to, spi, HexFormat.of().formatHex(keys[KEYS - 1 - age]), spi));
                }
            }
        }
        return text.toString();
    }

    /** How long an ESP packet is, without IP, that carries a UDP datagram. */
    static int length(int datagram) {
        return Esp.LENGTH + IV_LENGTH + (datagram + TAIL + WORD - 1) / WORD * WORD + CHECK_LENGTH;
    }

    /**
     * Seals a UDP datagram.
     *
     * @param age how many rotations old the key is
     * @param frame holds the datagram from {@code start} on
     * @return the ESP packet, without IP
     */
    byte[] seal(Ipv4Address from, Ipv4Address to, int age, byte[] frame, int start, int end) {
        int spi = spi(from, tag(age), to);
        long sequence = sequences.merge(spi, 1L, Long::sum);
        byte[] packet = new byte[length(end - start)];
        BigEndian.put32(packet, 0, spi);
        BigEndian.put32(packet, Integer.BYTES, (int) sequence);
        BigEndian.put32(packet, Esp.LENGTH + Integer.BYTES, (int) sequence);
        int textStart = Esp.LENGTH + IV_LENGTH;
        byte[] text = Arrays.copyOf(Arrays.copyOfRange(frame, start, end), packet.length - textStart - CHECK_LENGTH);
        int pad = text.length - TAIL - (end - start);
        for (int i = 0; i < pad; i++) {
            text[end - start + i] = (byte) (i + 1);
        }
        text[text.length - TAIL] = (byte) pad;
        text[text.length - 1] = (byte) IpProtocol.UDP.code();
        byte[] nonce = new byte[NONCE_LENGTH];
        BigEndian.put32(nonce, 0, spi);
        System.arraycopy(packet, Esp.LENGTH, nonce, Integer.BYTES, IV_LENGTH);
        try {
            SecretKeySpec key = new SecretKeySpec(keys[KEYS - 1 - age], "AES");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(packet, 0, Esp.LENGTH);
            byte[] sealed = cipher.doFinal(text);
            System.arraycopy(sealed, 0, packet, textStart, text.length + CHECK_LENGTH);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        return packet;
    }
}
