package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.ipv6extension.Ipv6Extension;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.Vlan;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Arbitrary hostile frames: valid ones cut, with bits flipped or with lengths that lie; frames nested deeper than anybody follows;
 * and noise. None equals the frame that it was made of.
 *
 * <p>Edge cases: no bytes at all, one byte, and one header more than a dissection follows.
 */
public final class HostileFrames {
    /** Headers lie in front, so that is where most damage shall be. */
    private static final int FRONT = 120;

    private static final int MOST_FLIPS = 6;
    private static final int MOST_LIES = 3;
    private static final int DEEPEST = 4 * Layers.CAPACITY;
    private static final int LONGEST_NOISE = 200;

    private HostileFrames() {}

    /** Hostile frames of every kind. */
    public static Arbitrary<HostileFrame> any() {
        Arbitrary<Packet> valid =
                Arbitraries.oneOf(ValidFrames.any(), IcmpErrors.any().map(IcmpError::packet));
        return Arbitraries.frequencyOf(Tuple.of(1, noise()), Tuple.of(6, of(valid)), Tuple.of(1, nested()));
    }

    /** Such packets, cut, with bits flipped, and with lengths that lie. There are no edge cases: that would be too many. */
    public static Arbitrary<HostileFrame> of(Arbitrary<Packet> packets) {
        return Arbitraries.oneOf(cut(packets), flipped(packets), lying(packets)).withoutEdgeCases();
    }

    /** Such packets without their end. */
    public static Arbitrary<HostileFrame> cut(Arbitrary<Packet> packets) {
        return Combinators.combine(packets, ValidHeaders.number(0, Payloads.JUMBO))
                .as(HostileFrames::cut);
    }

    private static HostileFrame cut(Packet packet, int keep) {
        byte[] frame = packet.encode().toArray();
        int length = keep % frame.length;
        return hostile(packet, Arrays.copyOf(frame, length), "cut to " + length + " of " + frame.length + " bytes");
    }

    /** Such packets with one to six bits flipped. */
    public static Arbitrary<HostileFrame> flipped(Arbitrary<Packet> packets) {
        Arbitrary<List<Integer>> hits = Arbitraries.integers()
                .between(0, Integer.MAX_VALUE)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_FLIPS);
        return Combinators.combine(packets, hits, Arbitraries.of(true, true, true, false))
                .as((packet, bits, inFront) -> {
                    byte[] frame = packet.encode().toArray();
                    int size = (inFront ? Math.min(FRONT, frame.length) : frame.length) * Byte.SIZE;
                    Set<Integer> flips =
                            bits.stream().map(bit -> bit % size).collect(Collectors.toCollection(TreeSet::new));
                    for (int bit : flips) {
                        frame[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                    }
                    return hostile(packet, frame, "bits " + flips + " flipped");
                });
    }

    /** Such packets with one to three lengths that are wrong; cut if there is no length in them that is known here. */
    public static Arbitrary<HostileFrame> lying(Arbitrary<Packet> packets) {
        Arbitrary<Lie> lies = Combinators.combine(
                        ValidHeaders.number(0, Integer.MAX_VALUE),
                        Arbitraries.of(Claim.class),
                        ValidHeaders.number(0, Integer.MAX_VALUE))
                .as(Lie::new);
        return Combinators.combine(packets, lies.list().ofMinSize(1).ofMaxSize(MOST_LIES))
                .as(HostileFrames::lying);
    }

    private enum Claim {
        NOTHING,
        MOST,
        ONE_LESS,
        ONE_MORE,
        ANYTHING
    }

    private record Lie(int place, Claim claim, int anything) {
        /** What the field shall say in place of the truth. */
        int value(int truth, int max) {
            int value = switch (claim) {
                case NOTHING -> 0;
                case MOST -> max;
                case ONE_LESS -> truth - 1;
                case ONE_MORE -> truth + 1;
                case ANYTHING -> anything;
            };
            return (value & max) == truth ? truth ^ 1 : value & max;
        }
    }

    private static HostileFrame lying(Packet packet, List<Lie> lies) {
        List<LengthField> fields = new ArrayList<>(LengthField.of(packet));
        if (fields.isEmpty()) {
            return cut(packet, lies.get(0).anything());
        }
        byte[] frame = packet.encode().toArray();
        List<String> stories = new ArrayList<>();
        for (Lie lie : lies) {
            if (!fields.isEmpty()) {
                LengthField field = fields.remove(lie.place() % fields.size());
                int truth = field.read(frame);
                int value = lie.value(truth, field.max());
                field.write(frame, value);
                stories.add(field.name() + " at " + field.offset() + " says " + value + " in place of " + truth);
            }
        }
        return hostile(packet, frame, String.join(", ", stories));
    }

    /** Frames of one header in the other, more than {@link Layers#CAPACITY} of them. */
    public static Arbitrary<HostileFrame> nested() {
        Ethernet ethernet = Ethernet.from("02:42:0a:00:00:02").to("02:42:0a:00:00:03");
        Ipv4 ipv4 = Ipv4.from("10.0.0.2").to("10.0.0.3");
        Ipv6 ipv6 = Ipv6.from("2001:db8::2").to("2001:db8::3");
        Ipv6Extension options =
                new Ipv6Extension(Ipv6ExtensionProtocol.DESTINATION, new IpProtocol(0), Bytes.ofHex("010400000000"));
        Udp udp = Udp.from(Vxlan.PORT).to(Vxlan.PORT);
        Arbitrary<List<Header>> repeated = Arbitraries.of(
                List.of(Vlan.id(1)),
                List.of(ipv4),
                List.of(ipv6),
                List.of(ipv6, options),
                List.of(ipv4, udp, Vxlan.of(1), ethernet));
        return Combinators.combine(repeated, ValidHeaders.number(Layers.CAPACITY, DEEPEST))
                .as((headers, depth) -> {
                    List<Header> layers = new ArrayList<>(List.of(ethernet));
                    while (layers.size() <= depth) {
                        layers.addAll(headers);
                    }
                    Packet packet = new Packet(layers, Bytes.EMPTY, Bytes.EMPTY);
                    return new HostileFrame(
                            packet.encode(), layers.size() + " layers, eth and again and again " + names(headers));
                });
    }

    /** Any bytes. */
    public static Arbitrary<HostileFrame> noise() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(LONGEST_NOISE)
                .map(bytes -> new HostileFrame(Bytes.of(bytes), "noise"));
    }

    private static HostileFrame hostile(Packet packet, byte[] frame, String story) {
        return new HostileFrame(Bytes.of(frame), names(packet.layers()) + ", " + story);
    }

    private static String names(List<Header> layers) {
        return layers.stream().map(header -> header.protocol().name()).collect(Collectors.joining("/"));
    }
}
