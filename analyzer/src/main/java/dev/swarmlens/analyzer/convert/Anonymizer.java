package dev.swarmlens.analyzer.convert;

import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.AddressingProtocol;
import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.ChecksumStatus;
import dev.swarmlens.codecs.Dissector;
import dev.swarmlens.codecs.InternetChecksum;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.NetworkProtocol;
import dev.swarmlens.codecs.Protocol;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.View;
import dev.swarmlens.codecs.arp.ArpProtocol;
import dev.swarmlens.codecs.esp.EspProtocol;
import dev.swarmlens.codecs.ethernet.EthernetProtocol;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmp.IcmpProtocol;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.icmpv6.Icmpv6Protocol;
import dev.swarmlens.codecs.icmpv6.NeighborOption;
import dev.swarmlens.codecs.icmpv6.NeighborOptionProtocol;
import dev.swarmlens.codecs.ipv4.Ipv4Protocol;
import dev.swarmlens.codecs.ipv6.Ipv6Protocol;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.ipv6extension.Ipv6FragmentProtocol;
import dev.swarmlens.codecs.isl.IslProtocol;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked2Protocol;
import dev.swarmlens.codecs.linuxcooked.LinuxCookedProtocol;
import dev.swarmlens.codecs.llc.LlcProtocol;
import dev.swarmlens.codecs.llc.SnapProtocol;
import dev.swarmlens.codecs.loopback.LoopbackProtocol;
import dev.swarmlens.codecs.rawip.RawIpProtocol;
import dev.swarmlens.codecs.tcp.TcpProtocol;
import dev.swarmlens.codecs.udp.UdpProtocol;
import dev.swarmlens.codecs.vlan.VlanProtocol;
import dev.swarmlens.codecs.vxlan.VxlanProtocol;
import dev.swarmlens.codecs.vxlangpe.VxlanGpeProtocol;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Puts other addresses into frames: in all headers, however deep, also in those that an ICMP error quotes. What is no address
 * stays: ports, numbers, lengths, times, VNIs; checksums are those of the new addresses, and those that were wrong stay wrong.
 * Headers and options that are not known here are cut off or blanked, since they may hold addresses.
 *
 * <p>Not thread-safe.
 */
public final class Anonymizer {
    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_CHECKSUM = 6;
    private static final int ICMP_CHECKSUM = 2;
    private static final int IP_CHECKSUM = 10;
    private static final int NONE = -1;
    private static final int ALL_ONES = 0xffff;

    /** End of options, no operation, router alert. */
    private static final Set<Integer> KEPT_IPV4_OPTIONS = Set.of(0, 1, 148);
    /** End of options, no operation, segment size, window scale, selective acknowledgment twice, timestamps. */
    private static final Set<Integer> KEPT_TCP_OPTIONS = Set.of(0, 1, 2, 3, 4, 5, 8);
    /** Padding twice, router alert, jumbo payload. */
    private static final Set<Integer> KEPT_IPV6_OPTIONS = Set.of(0, 1, 5, 194);

    private static final int NO_OPERATION = 1;
    private static final int PAD_N = 1;

    /** Puts other addresses into a header that lies from one index to another. */
    @FunctionalInterface
    private interface Rewriting {
        void rewrite(byte[] frame, int start, int end);
    }

    private final Dissector dissector;
    private final Pseudonyms pseudonyms;
    private final boolean keepPayload;
    private final Layers layers = new Layers();
    private final Map<Protocol, Rewriting> rewritings = new HashMap<>();
    private final Map<Protocol, View> views = new HashMap<>();
    private final Frame anonymized = new Frame();

    /**
     * An anonymizer.
     *
     * @param registry which protocol follows which
     * @param pseudonyms the other addresses
     * @param keepPayload whether frames keep what stands behind their headers, and with it all the names and addresses that it
     *     may hold; else they end there, as if the capture had cut them
     */
    public Anonymizer(ProtocolRegistry registry, Pseudonyms pseudonyms, boolean keepPayload) {
        this.dissector = new Dissector(registry);
        this.pseudonyms = pseudonyms;
        this.keepPayload = keepPayload;
        Rewriting nothing = (frame, start, end) -> {};
        for (Protocol withoutAddresses : Set.of(
                EspProtocol.INSTANCE,
                Ipv6FragmentProtocol.INSTANCE,
                LlcProtocol.INSTANCE,
                LoopbackProtocol.INSTANCE,
                RawIpProtocol.INSTANCE,
                SnapProtocol.INSTANCE,
                UdpProtocol.INSTANCE,
                VlanProtocol.INSTANCE,
                VxlanProtocol.INSTANCE,
                VxlanGpeProtocol.INSTANCE)) {
            rewritings.put(withoutAddresses, nothing);
        }
        rewritings.put(EthernetProtocol.INSTANCE, this::ethernet);
        rewritings.put(LinuxCookedProtocol.INSTANCE, (frame, start, end) -> cooked(frame, start + 5, start + 6));
        rewritings.put(LinuxCooked2Protocol.INSTANCE, (frame, start, end) -> cooked(frame, start + 11, start + 12));
        rewritings.put(IslProtocol.INSTANCE, this::isl);
        rewritings.put(ArpProtocol.INSTANCE, this::arp);
        rewritings.put(Ipv4Protocol.INSTANCE, this::ipv4);
        rewritings.put(Ipv6Protocol.INSTANCE, (frame, start, end) -> {
            ipv6Address(frame, start + 8);
            ipv6Address(frame, start + 24);
        });
        rewritings.put(Ipv6ExtensionProtocol.HOP_BY_HOP, Anonymizer::ipv6Options);
        rewritings.put(Ipv6ExtensionProtocol.DESTINATION, Anonymizer::ipv6Options);
        rewritings.put(Ipv6ExtensionProtocol.ROUTING, this::ipv6Routing);
        rewritings.put(IcmpProtocol.INSTANCE, this::icmp);
        rewritings.put(Icmpv6Protocol.INSTANCE, this::icmpv6);
        rewritings.put(NeighborOptionProtocol.INSTANCE, this::neighborOption);
        rewritings.put(
                TcpProtocol.INSTANCE, (frame, start, end) -> blankOptions(frame, start + 20, end, KEPT_TCP_OPTIONS));
    }

    /**
     * The frame with other addresses.
     *
     * @return good until the next call
     */
    public Frame of(Frame frame) {
        byte[] before = Arrays.copyOfRange(frame.bytes(), frame.start(), frame.end());
        byte[] after = before.clone();
        dissector.dissect(
                before, 0, before.length, frame.wireLength(), frame.linkType().code(), layers);
        int known = 0;
        while (known < layers.count() && rewritings.containsKey(layers.protocol(known))) {
            rewritings.get(layers.protocol(known)).rewrite(after, layers.start(known), layers.payload(known));
            known++;
        }
        // from the inside, since checksums outside cover those inside
        for (int layer = known - 1; layer >= 0; layer--) {
            correctChecksum(before, after, layer);
        }
        anonymized.set(after, 0, end(known, after.length), frame.wireLength(), frame.linkType());
        anonymized.setTime(frame.timeNanos());
        anonymized.setInterface(frame.interfaceId(), frame.interfaceIndex());
        anonymized.setPlace(frame.number(), frame.offset());
        return anonymized;
    }

    /** Where the part of the frame ends that may be shown. */
    private int end(int known, int length) {
        if (known < layers.count()) {
            return layers.start(known);
        }
        if (layers.incomplete() != null) {
            return layers.incompleteStart();
        }
        return keepPayload && known > 0 ? length : layers.payloadStart();
    }

    // ---- headers

    private void ethernet(byte[] frame, int start, int end) {
        macAddress(frame, start);
        macAddress(frame, start + 6);
    }

    private void cooked(byte[] frame, int lengthAt, int address) {
        if (BigEndian.u8(frame, lengthAt) == 6) {
            macAddress(frame, address);
            blank(frame, address + 6, address + 8);
        } else {
            blank(frame, address, address + 8);
        }
    }

    private void isl(byte[] frame, int start, int end) {
        macAddress(frame, start + 6);
        // the sender's first three bytes again
        System.arraycopy(frame, start + 6, frame, start + 17, 3);
    }

    private void arp(byte[] frame, int start, int end) {
        int hardware = BigEndian.u8(frame, start + 4);
        int protocol = BigEndian.u8(frame, start + 5);
        if (hardware != 6 || protocol != 4) {
            blank(frame, start + 8, end);
            return;
        }
        macAddress(frame, start + 8);
        ipv4Address(frame, start + 14);
        macAddress(frame, start + 18);
        ipv4Address(frame, start + 24);
    }

    private void ipv4(byte[] frame, int start, int end) {
        ipv4Address(frame, start + 12);
        ipv4Address(frame, start + 16);
        blankOptions(frame, start + 20, end, KEPT_IPV4_OPTIONS);
    }

    private void icmp(byte[] frame, int start, int end) {
        if (BigEndian.u8(frame, start) == Icmp.REDIRECT) {
            ipv4Address(frame, start + 4);
        }
    }

    private void icmpv6(byte[] frame, int start, int end) {
        switch (BigEndian.u8(frame, start)) {
            case Icmpv6.NEIGHBOR_SOLICITATION, Icmpv6.NEIGHBOR_ADVERTISEMENT -> ipv6Address(frame, start + 8);
            case Icmpv6.REDIRECT -> {
                ipv6Address(frame, start + 8);
                ipv6Address(frame, start + 24);
            }
            default -> {
                // no addresses in the header
            }
        }
    }

    private void neighborOption(byte[] frame, int start, int end) {
        int data = start + 2;
        switch (BigEndian.u8(frame, start)) {
            case NeighborOption.SOURCE_LINK_LAYER_ADDRESS, NeighborOption.TARGET_LINK_LAYER_ADDRESS -> {
                macAddress(frame, data);
                blank(frame, data + 6, end);
            }
            case NeighborOption.PREFIX_INFORMATION -> {
                if (end - start == 32) {
                    ipv6Address(frame, start + 16);
                    blankBehindPrefix(frame, start + 16, BigEndian.u8(frame, data));
                } else {
                    blank(frame, data, end);
                }
            }
            case NeighborOption.MTU -> {
                // no address
            }
            default -> blank(frame, data, end);
        }
    }

    /** A prefix has no bits of an interface behind it. */
    private static void blankBehindPrefix(byte[] frame, int address, int length) {
        for (int bit = Math.min(length, 8 * Ipv6Address.LENGTH); bit < 8 * Ipv6Address.LENGTH; bit++) {
            frame[address + bit / 8] &= (byte) ~(0x80 >>> bit % 8);
        }
    }

    private void ipv6Routing(byte[] frame, int start, int end) {
        int addresses = switch (BigEndian.u8(frame, start + 2)) {
            // source route, home address, segment routing
            case 0, 2 -> (end - start - 8) / Ipv6Address.LENGTH;
            case 4 -> BigEndian.u8(frame, start + 4) + 1;
            default -> 0;
        };
        int at = start + 8;
        for (int i = 0; i < addresses && at + Ipv6Address.LENGTH <= end; i++) {
            ipv6Address(frame, at);
            at += Ipv6Address.LENGTH;
        }
        blank(frame, at, end);
    }

    /** Turns options that may hold addresses into padding of the same length. */
    private static void ipv6Options(byte[] frame, int start, int end) {
        int at = start + 2;
        while (at < end) {
            int type = BigEndian.u8(frame, at);
            int length = type == 0 ? 1 : at + 1 < end ? 2 + BigEndian.u8(frame, at + 1) : end - at + 1;
            if (at + length > end) {
                blank(frame, at, end);
                return;
            }
            if (!KEPT_IPV6_OPTIONS.contains(type) || type == PAD_N) {
                frame[at] = PAD_N;
                blank(frame, at + 2, at + length);
            }
            at += length;
        }
    }

    /** Turns the options of IPv4 and TCP that may hold addresses into others that say nothing. */
    private static void blankOptions(byte[] frame, int start, int end, Set<Integer> kept) {
        int at = start;
        while (at < end) {
            int kind = BigEndian.u8(frame, at);
            if (kind == 0) {
                blank(frame, at, end);
                return;
            }
            int length = kind == NO_OPERATION ? 1 : at + 1 < end ? BigEndian.u8(frame, at + 1) : 0;
            boolean sound = length > (kind == NO_OPERATION ? 0 : 1) && at + length <= end;
            if (!sound || !kept.contains(kind)) {
                Arrays.fill(frame, at, sound ? at + length : end, (byte) NO_OPERATION);
            }
            at = sound ? at + length : end;
        }
    }

    private static void blank(byte[] frame, int start, int end) {
        if (start < end) {
            Arrays.fill(frame, start, end, (byte) 0);
        }
    }

    private void macAddress(byte[] frame, int at) {
        BigEndian.put48(frame, at, pseudonyms.mac(BigEndian.u48(frame, at)));
    }

    private void ipv4Address(byte[] frame, int at) {
        BigEndian.put32(frame, at, pseudonyms.ipv4(BigEndian.i32(frame, at)));
    }

    private void ipv6Address(byte[] frame, int at) {
        Ipv6Address address =
                pseudonyms.of(new Ipv6Address(BigEndian.i64(frame, at), BigEndian.i64(frame, at + Long.BYTES)));
        BigEndian.put64(frame, at, address.high());
        BigEndian.put64(frame, at + Long.BYTES, address.low());
    }

    // ---- checksums

    /**
     * Changes a checksum by what changed in the bytes that it covers, RFC 1624; so it need not be known what the capture cut, and
     * a wrong one stays wrong.
     */
    private void correctChecksum(byte[] before, byte[] after, int layer) {
        Protocol protocol = layers.protocol(layer);
        int start = layers.start(layer);
        if (protocol == Ipv4Protocol.INSTANCE) {
            correct(before, after, start + IP_CHECKSUM, start, layers.payload(layer), 0, 0);
        } else if (protocol == IcmpProtocol.INSTANCE) {
            correct(before, after, start + ICMP_CHECKSUM, start, layers.end(layer), 0, 0);
        } else if (protocol == Icmpv6Protocol.INSTANCE) {
            correctTransport(before, after, layer, start + ICMP_CHECKSUM, IpProtocol.ICMPV6.code());
        } else if (protocol == TcpProtocol.INSTANCE) {
            correctTransport(before, after, layer, start + TCP_CHECKSUM, IpProtocol.TCP.code());
        } else if (protocol == UdpProtocol.INSTANCE && BigEndian.u16(before, start + UDP_CHECKSUM) != 0) {
            correctTransport(before, after, layer, start + UDP_CHECKSUM, IpProtocol.UDP.code());
            if (BigEndian.u16(after, start + UDP_CHECKSUM) == 0) {
                // 0 stands for none
                BigEndian.put16(after, start + UDP_CHECKSUM, ALL_ONES);
            }
        }
    }

    private void correctTransport(byte[] before, byte[] after, int layer, int checksum, int protocol) {
        int start = layers.start(layer);
        int length = layers.wireEnd(layer) - start;
        long oldSum = pseudoHeaderSum(before, layer, protocol, length);
        long newSum = pseudoHeaderSum(after, layer, protocol, length);
        View view = views.computeIfAbsent(layers.protocol(layer), Protocol::newView);
        view.wrap(layers, layer);
        ChecksumStatus status = view.checksumStatus();
        boolean mayBePartial = status == ChecksumStatus.PARTIAL || status == ChecksumStatus.UNVERIFIED;
        if (mayBePartial && BigEndian.u16(before, checksum) == InternetChecksum.fold(oldSum)) {
            // left to the network card: only the pseudo-header's sum, which is not complemented
            BigEndian.put16(after, checksum, InternetChecksum.fold(newSum));
        } else {
            correct(before, after, checksum, start, layers.end(layer), oldSum, newSum);
        }
    }

    /** The sum of the addresses that a message's checksum covers; 0 if there are none around it. */
    private long pseudoHeaderSum(byte[] frame, int layer, int protocol, int length) {
        int sender = NONE;
        int receiver = NONE;
        for (int i = layer - 1; i >= 0; i--) {
            if (layers.protocol(i) instanceof AddressingProtocol addressing) {
                int from = layers.start(i);
                int to = layers.payload(i);
                sender = sender == NONE ? addressing.senderAt(frame, from, to) : sender;
                receiver = receiver == NONE ? addressing.receiverAt(frame, from, to) : receiver;
                if (addressing instanceof NetworkProtocol network) {
                    return network.pseudoHeaderSum(frame, sender, receiver, protocol, length);
                }
            }
        }
        return 0;
    }

    private static void correct(
            byte[] before, byte[] after, int checksum, int start, int end, long oldSum, long newSum) {
        int old = InternetChecksum.fold(sumWithout(before, checksum, start, end, oldSum));
        int now = InternetChecksum.fold(sumWithout(after, checksum, start, end, newSum));
        int stored = BigEndian.u16(before, checksum);
        long corrected = (long) (~stored & ALL_ONES) + (~old & ALL_ONES) + now;
        if (old != now) {
            BigEndian.put16(after, checksum, InternetChecksum.complement(corrected));
        }
    }

    private static long sumWithout(byte[] frame, int checksum, int start, int end, long sum) {
        return InternetChecksum.sum(frame, checksum + 2, end, InternetChecksum.sum(frame, start, checksum, sum));
    }
}
