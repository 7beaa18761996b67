package dev.swarmlens.analyzer.convert;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Other addresses in the place of real ones, the same for the same key, and never one for two.
 *
 * <ul>
 *   <li>IP addresses keep the prefixes that they share, by {@link CryptoPan}.
 *   <li>Addresses that name nobody stay: unspecified, loopback, multicast, broadcast. No other address becomes one of them,
 *       since Crypto-PAn is applied again where it would. Link-local addresses of IPv6 stay link-local.
 *   <li>Docker's MAC addresses stay {@code 02:42} and the IPv4 address, the new one; in other ones only two bits stay, those
 *       for groups and for local administration. Group addresses name nobody, but for those of solicited nodes.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class Pseudonyms {
    private static final long DOCKER = 0x0242L;
    private static final int DOCKER_SHIFT = 32;
    private static final long GROUP_BIT = 0x0100_0000_0000L;
    private static final long MAC_KEPT_BITS = 0x0300_0000_0000L;
    private static final long MAC_OTHER_BITS = 0xfcff_ffff_ffffL;
    private static final long MAC_SPARE_BIT = 0x0400_0000_0000L;
    private static final long SOLICITED_MAC = 0x3333_ffL;
    private static final int SOLICITED_BITS = 24;
    private static final long SOLICITED_MASK = 0xff_ffffL;

    private static final long SOLICITED_HIGH = 0xff02_0000_0000_0000L;
    private static final long SOLICITED_LOW = 0x1_ff00_0000L;
    private static final long NAT64_HIGH = 0x0064_ff9b_0000_0000L;
    private static final long MAPPED = 0xffffL;
    private static final long GROUP_PREFIX_MASK = 0xffff_ffff_ffffL;
    private static final int TOP_BYTE = 56;
    private static final int GROUP = 0xff;
    private static final int LINK_LOCAL_SHIFT = 54;
    private static final int LINK_LOCAL = 0xfe80 >>> 6;

    private static final int LOOPBACK = 127;
    private static final int FIRST_MULTICAST = 224;

    private final CryptoPan method;
    private final Map<Integer, Integer> ipv4 = new HashMap<>();
    private final Map<Ipv6Address, Ipv6Address> ipv6 = new HashMap<>();
    private final Map<Long, Long> macs = new HashMap<>();

    /**
     * Those of a key.
     *
     * @param key 64 hexadecimal digits, which are the key itself, or any other text, whose SHA-256 hash is
     */
    public Pseudonyms(String key) {
        method = new CryptoPan(
                key.matches("[0-9a-fA-F]{" + 2 * CryptoPan.KEY_LENGTH + "}")
                        ? HexFormat.of().parseHex(key)
                        : sha256(key));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    /** The IPv4 address in the place of another. */
    public Ipv4Address of(Ipv4Address address) {
        return new Ipv4Address(ipv4(address.bits()));
    }

    /** The IPv6 address in the place of another. */
    public Ipv6Address of(Ipv6Address address) {
        return ipv6.computeIfAbsent(address, this::newIpv6);
    }

    /** The MAC address in the place of another. */
    public MacAddress of(MacAddress address) {
        return new MacAddress(mac(address.bits()));
    }

    int ipv4(int address) {
        return ipv4.computeIfAbsent(address, this::newIpv4);
    }

    private int newIpv4(int address) {
        if (namesNobody(address)) {
            return address;
        }
        int other = method.ipv4(address);
        while (namesNobody(other)) {
            other = method.ipv4(other);
        }
        return other;
    }

    private static boolean namesNobody(int address) {
        int network = address >>> 24;
        return network == 0 || network == LOOPBACK || network >= FIRST_MULTICAST;
    }

    private Ipv6Address newIpv6(Ipv6Address address) {
        long high = address.high();
        long low = address.low();
        if (holdsIpv4(high, low)) {
            return new Ipv6Address(high, low & 0xffff_ffff_0000_0000L | ipv4((int) low) & 0xffff_ffffL);
        }
        if (high == SOLICITED_HIGH && low >>> SOLICITED_BITS == SOLICITED_LOW >>> SOLICITED_BITS) {
            return new Ipv6Address(high, SOLICITED_LOW | solicited(low));
        }
        int top = (int) (high >>> TOP_BYTE);
        if (top == GROUP && (high & GROUP_PREFIX_MASK) != 0) {
            // groups made of a network's prefix, RFC 3306
            method.ipv6(high, low);
            return new Ipv6Address(high & ~GROUP_PREFIX_MASK | method.high() & GROUP_PREFIX_MASK, method.low());
        }
        if (top == 0 || top == GROUP) {
            return address;
        }
        method.ipv6(high, low);
        if (isLinkLocal(high)) {
            return new Ipv6Address(high, method.low());
        }
        while (isSpecial(method.high())) {
            method.ipv6(method.high(), method.low());
        }
        return new Ipv6Address(method.high(), method.low());
    }

    private static boolean holdsIpv4(long high, long low) {
        return high == 0 && low >>> Integer.SIZE == MAPPED || high == NAT64_HIGH && low >>> Integer.SIZE == 0;
    }

    private static boolean isLinkLocal(long high) {
        return high >>> LINK_LOCAL_SHIFT == LINK_LOCAL;
    }

    private static boolean isSpecial(long high) {
        int top = (int) (high >>> TOP_BYTE);
        return top == 0 || top == GROUP || isLinkLocal(high);
    }

    /** The last three bytes of the group for whom an address ends in three bytes. */
    private long solicited(long low) {
        method.ipv6(SOLICITED_HIGH, SOLICITED_LOW | low & SOLICITED_MASK);
        return method.low() & SOLICITED_MASK;
    }

    long mac(long address) {
        return macs.computeIfAbsent(address, this::newMac);
    }

    private long newMac(long address) {
        if (address == 0) {
            return address;
        }
        if ((address & GROUP_BIT) != 0) {
            return address >>> SOLICITED_BITS == SOLICITED_MAC
                    ? SOLICITED_MAC << SOLICITED_BITS | solicited(address)
                    : address;
        }
        if (address >>> DOCKER_SHIFT == DOCKER) {
            return DOCKER << DOCKER_SHIFT | ipv4((int) address) & 0xffff_ffffL;
        }
        long other = address & MAC_KEPT_BITS | method.pseudonym(address) & MAC_OTHER_BITS;
        return other >>> DOCKER_SHIFT == DOCKER ? other ^ MAC_SPARE_BIT : other;
    }
}
