package dev.swarmlens.analyzer.esp;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.codecs.BigEndian;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keys of encrypted overlays, as the kernel of a node prints them: {@code ip xfrm state}. A swarm's nodes share their keys, so
 * what one of them prints opens what others send to each other, too: the SPI tells which of the keys it is.
 *
 * <p>Immutable. Nothing that this prints or throws has a key in it.
 */
public final class XfrmState {
    /** No keys. */
    public static final XfrmState NONE = new XfrmState(List.of());

    private static final String LINE = "line ";
    private static final Pattern ADDRESSES = Pattern.compile("src (\\S+) dst (\\S+)(?:\\s.*)?");
    private static final Pattern ESP = Pattern.compile("proto esp spi (\\S+?)(?:\\(.*)?(?:\\s.*)?");
    private static final Pattern AEAD = Pattern.compile("aead (\\S+) (\\S+)(?: \\(\\d+ bits\\))? (\\d+)");
    private static final String GCM = "rfc4106(gcm(aes))";
    private static final String HEX = "0x";
    private static final int SALT = Integer.BYTES;
    private static final Set<Integer> KEY_LENGTHS = Set.of(16, 24, 32);
    private static final Set<Integer> TAG_BITS = Set.of(64, 96, 128);

    private final Map<Integer, List<SecurityAssociation>> bySpi = new HashMap<>();
    /** Of a swarm's associations, by the tag of their key. */
    private final Map<Integer, List<SecurityAssociation>> byTag = new HashMap<>();

    private XfrmState(List<SecurityAssociation> associations) {
        for (SecurityAssociation each : new LinkedHashSet<>(associations)) {
            bySpi.computeIfAbsent(each.spi(), any -> new ArrayList<>()).add(each);
            OptionalInt tag = Spi.tag(each.from(), each.spi(), each.to());
            if (tag.isPresent() && each.salt() == each.spi()) {
                List<SecurityAssociation> ofTag = byTag.computeIfAbsent(tag.getAsInt(), any -> new ArrayList<>());
                if (ofTag.stream().noneMatch(known -> known.key().equals(each.key()))) {
                    ofTag.add(each);
                }
            }
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, or is not what {@code ip xfrm state} prints; the message says where, and why
     */
    public static XfrmState read(Path file) throws IOException {
        return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads text.
     *
     * @throws IOException if it is not what {@code ip xfrm state} prints; the message says where, and why
     */
    public static XfrmState parse(String text) throws IOException {
        return new XfrmState(new Text(text).associations());
    }

    /** The keys of both. */
    public XfrmState and(XfrmState other) {
        return new XfrmState(Stream.of(this, other)
                .flatMap(keys -> keys.bySpi.values().stream())
                .flatMap(List::stream)
                .toList());
    }

    /** Whether there are no keys. */
    public boolean isEmpty() {
        return bySpi.isEmpty();
    }

    /** The associations that may open a packet; those of its SPI, or, if there are none, those of its swarm's key. */
    List<SecurityAssociation> find(Address from, Address to, int spi) {
        List<SecurityAssociation> ofSpi = bySpi.get(spi);
        if (ofSpi != null) {
            return ofSpi;
        }
        OptionalInt tag = Spi.tag(from, spi, to);
        List<SecurityAssociation> ofTag = tag.isPresent() ? byTag.get(tag.getAsInt()) : null;
        return ofTag == null
                ? List.of()
                : ofTag.stream()
                        .map(other -> new SecurityAssociation(from, to, spi, other.key(), spi, other.tagBytes()))
                        .toList();
    }

    @Override
    public String toString() {
        return bySpi.size() + " security associations";
    }

    /** What is read of a file. */
    private static final class Text {
        private final String[] lines;
        private final List<SecurityAssociation> associations = new ArrayList<>();
        private Address from;
        private Address to;
        private Integer spi;

        Text(String text) {
            this.lines = text.split("\n", -1);
        }

        List<SecurityAssociation> associations() throws IOException {
            boolean any = false;
            for (int i = 0; i < lines.length; i++) {
                String line = lines[i].strip();
                Matcher addresses = ADDRESSES.matcher(line);
                // what is indented belongs to the association above, as its selector, which has addresses, too
                if (addresses.matches() && !Character.isWhitespace(lines[i].charAt(0))) {
                    any = true;
                    from = address(addresses.group(1), i);
                    to = address(addresses.group(2), i);
                    spi = null;
                } else if (any) {
                    look(line, i);
                }
            }
            if (!any) {
                throw new IOException("no line begins with src, as they do in what 'ip xfrm state' prints");
            }
            if (associations.isEmpty()) {
                throw new IOException("no key of AES-GCM for ESP is in there; 'ip xfrm state' prints those of encrypted"
                        + " overlay networks, run as root on a node that has a container in one");
            }
            return associations;
        }

        private void look(String line, int index) throws IOException {
            Matcher esp = ESP.matcher(line);
            Matcher aead = AEAD.matcher(line);
            if (esp.matches()) {
                spi = spi(esp.group(1), index);
            } else if (line.contains("Keys hidden")) {
                throw new IOException(LINE + (index + 1) + ": the keys are hidden; print them without nokeys");
            } else if (line.startsWith("aead " + GCM) && !aead.matches()) {
                throw new IOException(LINE + (index + 1) + ": after " + GCM + " there is no key and its bits");
            } else if (aead.matches() && aead.group(1).equals(GCM) && spi != null) {
                associations.add(association(aead.group(2), aead.group(3), index));
            }
        }

        private SecurityAssociation association(String hex, String bits, int index) throws IOException {
            byte[] secret;
            try {
                secret = HexFormat.of().parseHex(hex.startsWith(HEX) ? hex.substring(HEX.length()) : "");
            } catch (IllegalArgumentException notHex) {
                // its message has a part of the key
                secret = new byte[0];
            }
            if (!KEY_LENGTHS.contains(secret.length - SALT)) {
                throw new IOException(LINE + (index + 1)
                        + ": the key is not 0x and 40, 56 or 72 hexadecimal digits, those of AES and 8 of salt");
            }
            int tagBits = bits.length() > SALT ? 0 : Integer.parseInt(bits);
            if (!TAG_BITS.contains(tagBits)) {
                throw new IOException(LINE + (index + 1) + ": a check value of AES-GCM has 64, 96 or 128 bits");
            }
            byte[] key = Arrays.copyOf(secret, secret.length - SALT);
            int salt = BigEndian.i32(secret, secret.length - SALT);
            return new SecurityAssociation(from, to, spi, new Key(key), salt, tagBits / Byte.SIZE);
        }

        private Address address(String text, int index) throws IOException {
            try {
                return Address.of(text);
            } catch (IllegalArgumentException wrong) {
                throw new IOException(LINE + (index + 1) + ": " + text + " is no IP address");
            }
        }

        private int spi(String text, int index) throws IOException {
            try {
                long number = Long.decode(text);
                if (number >= 0 && number >>> Integer.SIZE == 0) {
                    return (int) number;
                }
            } catch (NumberFormatException notANumber) {
                // told below
            }
            throw new IOException(LINE + (index + 1) + ": " + text + " is no SPI");
        }
    }
}
