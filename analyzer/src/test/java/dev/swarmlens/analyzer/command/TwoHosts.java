package dev.swarmlens.analyzer.command;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two hosts, network namespaces of Linux, with a cable between them and the kernel's own VXLAN over it. Nothing is said on the
 * cable but what a test sends.
 */
final class TwoHosts {
    static final int VNI = 4097;
    /** Each host's device at the cable. */
    static final String DEVICE = "eth0";

    static final String ADDRESS_A = "192.0.2.1";
    static final String ADDRESS_B = "192.0.2.2";
    /** The first host's address in the overlay. */
    static final String INNER_A = "10.0.9.1";
    /** An address of the overlay behind the second host, which never answers. */
    static final String INNER_SINK = "10.0.9.3";

    private static final Path NAMES = Path.of("/var/run/netns");

    private final String a = "swarmlens-a-" + ProcessHandle.current().pid();
    private final String b = "swarmlens-b-" + ProcessHandle.current().pid();

    private TwoHosts() {}

    /** Makes them, or skips the test where that is impossible. */
    static TwoHosts start() throws Exception {
        TwoHosts hosts = new TwoHosts();
        try {
            hosts.ip("netns add " + hosts.a);
        } catch (IOException refused) {
            assumeTrue(false, "network namespaces cannot be made, which needs root: " + refused.getMessage());
        }
        try {
            hosts.ip("netns add " + hosts.b);
            // otherwise the kernels talk by themselves
            for (String name : List.of(hosts.a, hosts.b)) {
                run(
                        inside(
                                name,
                                "sh",
                                "-c",
                                "for file in /proc/sys/net/ipv6/conf/*/disable_ipv6; do [ ! -e $file ] || echo 1 > $file; done"));
            }
            hosts.ip("-n %s link add %s type veth peer name %s netns %s".formatted(hosts.a, DEVICE, DEVICE, hosts.b));
            hosts.connect(hosts.a, ADDRESS_A, ADDRESS_B, 1);
            hosts.connect(hosts.b, ADDRESS_B, ADDRESS_A, 2);
            hosts.know(hosts.a, hosts.b, ADDRESS_B);
            hosts.know(hosts.b, hosts.a, ADDRESS_A);
            hosts.ip("-n %s neighbour replace %s lladdr 02:42:0a:00:09:03 dev vxlan0 nud permanent"
                    .formatted(hosts.a, INNER_SINK));
            return hosts;
        } catch (Exception failed) {
            hosts.stop();
            throw failed;
        }
    }

    private void connect(String name, String address, String other, int number) throws Exception {
        ip("-n %s address add %s/24 dev %s".formatted(name, address, DEVICE));
        ip("-n %s link set lo up".formatted(name));
        ip("-n %s link set %s up".formatted(name, DEVICE));
        ip("-n %s link add vxlan0 address 02:42:0a:00:09:0%d type vxlan id %d local %s remote %s dstport 4789 dev %s"
                .formatted(name, number, VNI, address, other, DEVICE));
        ip("-n %s address add 10.0.9.%d/24 dev vxlan0".formatted(name, number));
        ip("-n %s link set vxlan0 up".formatted(name));
    }

    private void know(String name, String otherName, String address) throws Exception {
        String mac = run(inside(otherName, "cat", "/sys/class/net/" + DEVICE + "/address"))
                .strip();
        ip("-n %s neighbour replace %s lladdr %s dev %s nud permanent".formatted(name, address, mac, DEVICE));
    }

    /** The file that stands for the first host's namespace. */
    Path namespaceOfA() {
        return NAMES.resolve(a);
    }

    /** The file that stands for the second host's namespace. */
    Path namespaceOfB() {
        return NAMES.resolve(b);
    }

    /** A command as it runs on the first host. */
    List<String> onA(String... command) {
        return inside(a, command);
    }

    /** A command as it runs on the second host. */
    List<String> onB(String... command) {
        return inside(b, command);
    }

    private static List<String> inside(String name, String... command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", name));
        whole.addAll(List.of(command));
        return whole;
    }

    /**
     * Has the first host's kernel send UDP through the tunnel to an address that does not answer.
     *
     * @return what the program that sends says about it
     */
    String sendThroughTunnel(int count, int rate) throws Exception {
        return run(onA(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                UdpBurst.class.getName(),
                INNER_SINK,
                "9",
                Integer.toString(count),
                Integer.toString(rate)));
    }

    /** How many packets the first host's kernel has put into the tunnel so far. */
    long sentThroughTunnel() throws Exception {
        return Long.parseLong(
                run(onA("cat", "/sys/class/net/vxlan0/statistics/tx_packets")).strip());
    }

    /** Runs ip(8). */
    void ip(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        run(command);
    }

    /**
     * Runs a program.
     *
     * @return what it printed
     * @throws IOException if there is no such program, or it fails; the message is its own
     */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
        return output;
    }

    /** Ends them, and their devices with them. */
    void stop() throws IOException, InterruptedException {
        for (String name : List.of(a, b)) {
            if (Files.exists(NAMES.resolve(name))) {
                ip("netns delete " + name);
            }
        }
    }
}
