package dev.swarmlens.codecs.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.jna.LastErrorException;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.IpAddress;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.kernel.Tshark.Opinion;
import dev.swarmlens.codecs.kernel.Wire.Passed;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.VxlanProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Frames that we build go through a cable to the Linux kernel, which answers them. When a class's own tests are done, the
 * kernel's counters and Wireshark are asked what they thought of all the frames that passed.
 *
 * <p>It needs root, ip(8) and libpcap, and makes two network namespaces that nobody else sees.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class KernelLab {
    static final MacAddress OUR_MAC = MacAddress.of("00:00:5e:00:53:01");
    static final Ipv4Address OUR_IP = Ipv4Address.of("192.0.2.1");
    static final Ipv6Address OUR_IPV6 = Ipv6Address.of("2001:db8::1");
    /** An address of ours that the host does not know. */
    static final MacAddress STRANGE_MAC = MacAddress.of("00:00:5e:00:53:77");

    static final Bytes PAYLOAD = Bytes.ofHex("c0ffee");

    /** A second port for VXLAN, as {@code docker swarm init --data-path-port} sets one. */
    static final int DATA_PATH_PORT = 7789;

    private static final ProtocolRegistry REGISTRY = ProtocolRegistry.standard().toBuilder()
            .bind(Binding.UDP_DESTINATION_PORT, DATA_PATH_PORT, VxlanProtocol.INSTANCE)
            .build();

    private static final int LAST = Integer.MAX_VALUE;

    static LinuxHost linux;
    static Wire wire;
    private static Namespace ours;

    @BeforeAll
    static void plugIn() throws Exception {
        try {
            ours = Namespace.create();
            linux = LinuxHost.start(ours);
            wire = Wire.open(ours, LinuxHost.OUR_DEVICE, REGISTRY);
        } catch (IOException | LastErrorException | LinkageError e) {
            unplug();
            abort("needs Linux, root, ip (iproute2) and libpcap: " + e);
        }
        linux.addNeighbour(LinuxHost.DEVICE, OUR_IP, OUR_MAC);
    }

    @AfterAll
    static void unplug() throws IOException {
        if (wire != null) {
            wire.close();
            wire = null;
        }
        if (linux != null) {
            linux.close();
            linux = null;
        }
        if (ours != null) {
            ours.close();
            ours = null;
        }
    }

    /** Adds a device to the host, or skips the class where the kernel has no such devices. */
    static void addDevice(String arguments) throws Exception {
        try {
            linux.ip("link add " + arguments);
        } catch (IOException e) {
            abort("this kernel cannot: " + e.getMessage());
        }
    }

    /** Adds a VXLAN device to the host, or skips the class where the kernel has no such devices. */
    static void addVxlan(String name, MacAddress mac, int vni, IpAddress local, IpAddress remote, String options)
            throws Exception {
        addDevice("%s address %s type vxlan id %d dev %s local %s remote %s nolearning %s"
                .formatted(name, mac, vni, LinuxHost.DEVICE, local, remote, options));
    }

    /** Brings a device of the host up with address 2 of a network, where we have address 1. */
    static void bringUp(String device, String network, MacAddress ourMac) throws Exception {
        linux.ip("address add " + network + ".2/24 dev " + device);
        linux.ip("link set " + device + " up");
        linux.addNeighbour(device, network + ".1", ourMac);
    }

    /** Gives the host an IPv6 address that it uses at once, or skips the class where the kernel has no IPv6. */
    static void addIpv6() throws Exception {
        try {
            linux.set("ipv6/icmp/ratelimit", 0);
            linux.ip("address add " + LinuxHost.IPV6 + "/64 dev " + LinuxHost.DEVICE + " nodad");
        } catch (IOException e) {
            abort("this kernel has no IPv6: " + e.getMessage());
        }
        linux.addNeighbour(LinuxHost.DEVICE, OUR_IPV6, OUR_MAC);
    }

    @Test
    @Order(LAST)
    void theKernelFoundAsManyBadChecksumsAsWeMade() throws Exception {
        long found = linux.counters().entrySet().stream()
                .filter(counter -> counter.getKey().endsWith("InCsumErrors"))
                .mapToLong(Map.Entry::getValue)
                .sum();

        assertThat(found)
                .isEqualTo(wire.passed().stream().filter(Passed::broken).count());
    }

    @Test
    @Order(LAST)
    void wiresharkFindsAllFramesSoundThatWeDidNotBreak(@TempDir Path folder) throws Exception {
        assumeFalse(wire.passed().isEmpty(), "no other test of this class has sent a frame");
        Path capture = folder.resolve("passed.pcap");
        wire.save(capture);
        List<Opinion> opinions = new ArrayList<>();
        try {
            opinions.addAll(Tshark.opinions(capture, DATA_PATH_PORT));
        } catch (IOException e) {
            abort("needs tshark: " + e.getMessage());
        }

        assertThat(opinions).hasSameSizeAs(wire.passed());
        for (int i = 0; i < opinions.size(); i++) {
            Opinion opinion = opinions.get(i);
            Passed passed = wire.passed().get(i);
            assertThat(opinion.isMalformed()).as("%s of %s", opinion, passed).isFalse();
            assertThat(opinion.hasBadChecksum()).as("%s of %s", opinion, passed).isEqualTo(passed.broken());
            // of a datagram in fragments the last to arrive has more: what is reassembled
            if (passed.built() != null) {
                long checksums = passed.built().layers().stream()
                        .filter(KernelLab::hasChecksum)
                        .count();
                assertThat(opinion.checksums()).as("%s of %s", opinion, passed).hasSizeGreaterThanOrEqualTo((int)
                        checksums);
            }
        }
    }

    private static boolean hasChecksum(Header header) {
        return header instanceof Ipv4
                || header instanceof Udp
                || header instanceof Tcp
                || header instanceof Icmp
                || header instanceof Icmpv6;
    }

    /** A packet of headers up to the network layer, and of what they enclose. */
    static Packet packet(List<Header> link, Header... enclosed) {
        List<Header> layers = new ArrayList<>(link);
        layers.addAll(List.of(enclosed));
        return new Packet(layers, Bytes.EMPTY, Bytes.EMPTY);
    }

    /** The packet's bytes, with all computed that can be. */
    static Bytes encoded(Packet packet) {
        return packet.encode(Encoding.COMPUTED, REGISTRY);
    }

    /** The same packet with all computed that can be, so that it can be sent as it is. */
    static Packet computed(Packet packet) {
        return Packet.parse(encoded(packet).toArray(), LinkType.ETHERNET, REGISTRY)
                .packet();
    }

    /** The same packet with another header. */
    static Packet replace(Packet packet, int index, Header header) {
        List<Header> layers = new ArrayList<>(packet.layers());
        layers.set(index, header);
        return new Packet(layers, packet.payload(), packet.trailer());
    }

    /** What a header encloses, as bytes. */
    static Bytes enclosed(Packet packet, int index) {
        int start = packet.layers().stream()
                .limit(index + 1L)
                .mapToInt(Header::length)
                .sum();
        return Bytes.of(encoded(packet).toArray(), start, packet.length());
    }

    static Bytes counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return Bytes.of(bytes);
    }
}
