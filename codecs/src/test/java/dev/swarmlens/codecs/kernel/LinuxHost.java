package dev.swarmlens.codecs.kernel;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Linux kernel as a host of its own at the other end of a cable: it has an address, and echoes what comes to the echo
 * port, RFC 862.
 */
final class LinuxHost implements AutoCloseable {
    /** Its device at the cable. */
    static final String DEVICE = "eth0";
    /** Our device at the cable. */
    static final String OUR_DEVICE = "wire";

    static final MacAddress MAC = MacAddress.of("00:00:5e:00:53:02");
    static final Ipv4Address IP = Ipv4Address.of("192.0.2.2");
    static final Ipv6Address IPV6 = Ipv6Address.of("2001:db8::2");

    /** A port of UDP and of TCP that sends everything back. */
    static final int ECHO_PORT = 7;
    /** A port of UDP and of TCP where nobody listens. */
    static final int CLOSED_PORT = 9;

    private static final int MAX_DATAGRAM = 0xffff;

    private final Namespace namespace;
    private final List<Closeable> opened = new ArrayList<>();

    private LinuxHost(Namespace namespace) {
        this.namespace = namespace;
    }

    /**
     * Starts a host with one cable.
     *
     * @param ours where the cable's other end shall be
     */
    static LinuxHost start(Namespace ours) throws Exception {
        LinuxHost host = new LinuxHost(Namespace.create());
        try {
            host.ip("link add %s address %s type veth peer name %s netns %s"
                    .formatted(DEVICE, MAC, OUR_DEVICE, ours.id()));
            host.namespace.call(() -> {
                CLibrary.load().switchChecksumOffloadOff(DEVICE);
                return null;
            });
            host.namespace.set("ipv4/icmp_ratelimit", 0);
            host.ip("address add " + IP + "/24 dev " + DEVICE);
            host.ip("link set lo up");
            host.ip("link set " + DEVICE + " up");
            ours.ip("link set " + OUR_DEVICE + " up");
            host.echo();
            return host;
        } catch (Exception e) {
            host.close();
            throw e;
        }
    }

    /** Runs ip(8) on the host. */
    void ip(String arguments) throws Exception {
        namespace.ip(arguments);
    }

    /** Sets a kernel parameter of the host, by its path below {@code /proc/sys/net}. */
    void set(String parameter, int value) throws Exception {
        namespace.set(parameter, value);
    }

    /** Makes the host know an address without asking. */
    void addNeighbour(String device, Object address, MacAddress mac) throws Exception {
        ip("neighbour replace %s lladdr %s dev %s nud permanent".formatted(address, mac, device));
    }

    /** The kernel's counters, by the names that nstat(8) prints, such as {@code IcmpInCsumErrors}. */
    Map<String, Long> counters() throws Exception {
        Map<String, Long> counters = new TreeMap<>();
        for (String file : List.of("snmp", "netstat")) {
            List<String> lines = namespace.procNet(file);
            for (int i = 0; i + 1 < lines.size(); i += 2) {
                String[] names = lines.get(i).split("[: ]+", -1);
                String[] values = lines.get(i + 1).split("[: ]+", -1);
                for (int j = 1; j < names.length; j++) {
                    counters.put(names[0] + names[j], Long.valueOf(values[j]));
                }
            }
        }
        for (String line : namespace.procNet("snmp6")) {
            String[] words = line.split("\\s+", -1);
            counters.put(words[0], Long.valueOf(words[1]));
        }
        return counters;
    }

    private void echo() throws Exception {
        DatagramSocket udp = namespace.call(() -> new DatagramSocket(ECHO_PORT));
        opened.add(udp);
        serve(() -> {
            DatagramPacket datagram = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
            udp.receive(datagram);
            udp.send(datagram);
        });
        ServerSocket tcp = namespace.call(() -> new ServerSocket(ECHO_PORT));
        opened.add(tcp);
        serve(() -> {
            try (Socket connection = tcp.accept()) {
                connection.getInputStream().transferTo(connection.getOutputStream());
            }
        });
    }

    /** Something that is done again and again. */
    private interface Turn {
        void run() throws IOException;
    }

    private void serve(Turn turn) {
        Thread thread = new Thread(
                () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        try {
                            turn.run();
                        } catch (IOException e) {
                            // a connection that we reset, or the end: see close
                        }
                    }
                },
                "echo");
        thread.setDaemon(true);
        thread.start();
        opened.add(thread::interrupt);
    }

    @Override
    public void close() throws IOException {
        for (Closeable any : opened) {
            any.close();
        }
        namespace.close();
    }
}
