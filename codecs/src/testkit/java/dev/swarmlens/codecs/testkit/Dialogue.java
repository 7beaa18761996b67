package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.testkit.Conversation.Host;
import dev.swarmlens.codecs.testkit.Conversation.Leg;
import dev.swarmlens.codecs.testkit.Conversation.Node;
import dev.swarmlens.codecs.testkit.Conversation.Sight;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two hosts that talk TCP as Linux does, and the network between them, which shows each segment on both of its legs: with other
 * addresses and fewer hops left, otherwise as it was.
 */
final class Dialogue {
    /** What an overlay of 1450 bytes leaves to TCP without options, and to TCP with timestamps. */
    private static final int OVERLAY_MSS = 1410;

    private static final int SEGMENT = OVERLAY_MSS - 12;
    private static final int ETHERNET_MSS = 1460;

    private static final int HOPS = 64;
    /** The bridge to the ingress sandbox and the sandbox itself lie between the two legs. */
    private static final int HOPS_BEHIND_ENTRY = HOPS - 2;

    private static final long NUMBERS = 1L << 32;

    private final Path path;
    private final Speaker client;
    private final Speaker task;
    private final List<Sight> sights = new ArrayList<>();

    Dialogue(Path path, Speaker client, Speaker task) {
        this.path = path;
        this.client = client;
        this.task = task;
    }

    /** Where the hosts are. */
    record Path(Host client, int clientPort, Node entry, int publishedPort, Node server, Ipv4Address task, int vni) {}

    /** One host's side of the connection, and the UDP port that its node's tunnel chose for it. */
    static final class Speaker {
        private final int mss;
        private final int windowScale;
        private final int firstWindow;
        private final int window;
        private final int tunnelPort;
        private long sequence;
        private long clock;
        private int identification;
        private int tunnelIdentification;

        private Speaker(int mss, int windowScale, int firstWindow, int window, Start start) {
            this.mss = mss;
            this.windowScale = windowScale;
            this.firstWindow = firstWindow;
            this.window = window;
            this.tunnelPort = start.tunnelPort;
            this.sequence = start.sequence;
            this.clock = start.clock;
            this.identification = start.identification;
            this.tunnelIdentification = start.tunnelIdentification;
        }

        static Speaker client(Start start) {
            return new Speaker(ETHERNET_MSS, 10, 64_240, 63, start);
        }

        static Speaker task(Start start) {
            return new Speaker(OVERLAY_MSS, 7, 64_308, 502, start);
        }
    }

    /** The numbers that a host begins with. */
    record Start(long sequence, long clock, int identification, int tunnelPort, int tunnelIdentification) {}

    /** The whole dialogue: handshake, request, response, and the end, which the task begins. */
    List<Sight> hold(Bytes request, Bytes response) {
        say(client, Tcp.FLAG_SYN, Bytes.EMPTY);
        say(task, Tcp.FLAG_SYN | Tcp.FLAG_ACK, Bytes.EMPTY);
        say(client, Tcp.FLAG_ACK, Bytes.EMPTY);
        sayAll(client, request);
        sayAll(task, response);
        say(task, Tcp.FLAG_FIN | Tcp.FLAG_ACK, Bytes.EMPTY);
        say(client, Tcp.FLAG_FIN | Tcp.FLAG_ACK, Bytes.EMPTY);
        say(task, Tcp.FLAG_ACK, Bytes.EMPTY);
        return sights;
    }

    /** Says something in segments, and has it acknowledged. */
    private void sayAll(Speaker speaker, Bytes text) {
        if (text.isEmpty()) {
            return;
        }
        for (int at = 0; at < text.length(); at += SEGMENT) {
            int end = Math.min(at + SEGMENT, text.length());
            int push = end == text.length() ? Tcp.FLAG_PSH : 0;
            say(speaker, push | Tcp.FLAG_ACK, Bytes.of(text.toArray(), at, end));
        }
        say(other(speaker), Tcp.FLAG_ACK, Bytes.EMPTY);
    }

    private void say(Speaker speaker, int flags, Bytes data) {
        boolean synchronises = (flags & Tcp.FLAG_SYN) != 0;
        boolean acknowledges = (flags & Tcp.FLAG_ACK) != 0;
        speaker.clock = (speaker.clock + 1) % NUMBERS;
        Tcp tcp = new Tcp(
                speaker == client ? path.clientPort : path.publishedPort,
                speaker == client ? path.publishedPort : path.clientPort,
                speaker.sequence,
                acknowledges ? other(speaker).sequence : 0,
                flags,
                synchronises ? speaker.firstWindow : speaker.window,
                0,
                0,
                synchronises ? firstOptions(speaker, acknowledges) : timestamps(speaker, "0101"));
        // Linux has nothing to number in an answer to a SYN
        int identification = synchronises && acknowledges ? 0 : speaker.identification++ & 0xffff;
        boolean counts = synchronises || (flags & Tcp.FLAG_FIN) != 0;
        speaker.sequence = (speaker.sequence + data.length() + (counts ? 1 : 0)) % NUMBERS;
        if (speaker == client) {
            seeAtClient(true, identification, tcp, data);
            seeInOverlay(true, identification, tcp, data);
        } else {
            seeInOverlay(false, identification, tcp, data);
            seeAtClient(false, identification, tcp, data);
        }
    }

    private Speaker other(Speaker speaker) {
        return speaker == client ? task : client;
    }

    private Bytes firstOptions(Speaker speaker, boolean answers) {
        String mss = String.format(Locale.ROOT, "0204%04x", speaker.mss);
        String scale = String.format(Locale.ROOT, "010303%02x", speaker.windowScale);
        String times = answers ? timestamps(speaker, "").toHex() : timestampsOf(speaker.clock, 0);
        return Bytes.ofHex(mss + "0402" + times + scale);
    }

    private Bytes timestamps(Speaker speaker, String before) {
        return Bytes.ofHex(before + timestampsOf(speaker.clock, other(speaker).clock));
    }

    private static String timestampsOf(long value, long echo) {
        return String.format(Locale.ROOT, "080a%08x%08x", value, echo);
    }

    private void seeAtClient(boolean fromClient, int identification, Tcp tcp, Bytes data) {
        Host entry = path.entry.underlay();
        Host from = fromClient ? path.client : entry;
        Host to = fromClient ? entry : path.client;
        Ipv4 ip = datagram(from.address(), to.address(), identification, fromClient ? HOPS : HOPS_BEHIND_ENTRY);
        see(Leg.CLIENT, fromClient, data, Ethernet.from(from.mac()).to(to.mac()), ip, tcp);
    }

    private void seeInOverlay(boolean fromClient, int identification, Tcp tcp, Bytes data) {
        if (path.server.equals(path.entry)) {
            return;
        }
        Speaker speaker = fromClient ? client : task;
        Host from = (fromClient ? path.entry : path.server).underlay();
        Host to = (fromClient ? path.server : path.entry).underlay();
        Ipv4Address innerFrom = fromClient ? path.entry.loadBalancer() : path.task;
        Ipv4Address innerTo = fromClient ? path.task : path.entry.loadBalancer();
        see(
                Leg.OVERLAY,
                fromClient,
                data,
                Ethernet.from(from.mac()).to(to.mac()),
                Ipv4.from(from.address())
                        .to(to.address())
                        .withIdentification(speaker.tunnelIdentification++ & 0xffff)
                        .withTimeToLive(HOPS),
                Udp.from(speaker.tunnelPort).to(Vxlan.PORT),
                Vxlan.of(path.vni),
                Ethernet.from(MacAddress.ofOverlayEndpoint(innerFrom)).to(MacAddress.ofOverlayEndpoint(innerTo)),
                datagram(innerFrom, innerTo, identification, fromClient ? HOPS_BEHIND_ENTRY : HOPS),
                tcp);
    }

    private static Ipv4 datagram(Ipv4Address from, Ipv4Address to, int identification, int hops) {
        return Ipv4.from(from)
                .to(to)
                .withIdentification(identification)
                .withFragment(Ipv4.FLAG_DONT_FRAGMENT, 0)
                .withTimeToLive(hops);
    }

    private void see(Leg leg, boolean fromClient, Bytes data, Header... headers) {
        sights.add(new Sight(
                leg, fromClient, ValidFrames.complete(Packet.of(headers).withPayload(data))));
    }
}
