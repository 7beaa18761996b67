package dev.swarmlens.analyzer.command;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A swarm of two real Docker daemons, manager and worker, each in namespaces of its own, with a cable between them. It runs the
 * service {@code web}, two replicas, one a node, on the overlay {@code demo}. Nothing of it reaches beyond the namespaces.
 */
final class TwoDaemons {
    static final String MANAGER = "swarm-a";
    static final String WORKER = "swarm-b";
    static final String MANAGER_ADDRESS = "192.0.2.101";
    static final String WORKER_ADDRESS = "192.0.2.102";
    /** Stands in the environment of each replica. */
    static final String SECRET = "correct-horse";

    /** The device at the cable. */
    static final String DEVICE = "eth1";

    private static final Path NAMES = Path.of("/var/run/netns");
    private static final Path DAEMON = Path.of("/usr/sbin/dockerd");
    private static final Path CLIENT = Path.of("/usr/bin/docker");
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String prefix = "swarmlens-" + ProcessHandle.current().pid() + "-";
    private final Path folder;
    private final List<Process> daemons = new ArrayList<>();

    private TwoDaemons(Path folder) {
        this.folder = folder;
    }

    /** Starts them, or skips the test where that is impossible. */
    static TwoDaemons start() throws Exception {
        assumeTrue(
                Files.isExecutable(DAEMON) && Files.isExecutable(CLIENT),
                "dockerd and docker are not installed: apt-get install docker.io");
        assumeTrue(Files.isExecutable(BUSYBOX), "no /bin/busybox to put into an image: apt-get install busybox-static");
        // a socket's path has at most 107 letters
        TwoDaemons swarm = new TwoDaemons(Files.createTempDirectory(Path.of("/tmp"), "sl"));
        try {
            try {
                for (String node : List.of(MANAGER, WORKER)) {
                    TwoHosts.run(List.of("ip", "netns", "add", swarm.prefix + node));
                }
                TwoHosts.run(List.of("unshare", "--mount", "--uts", "--pid", "--fork", "true"));
            } catch (IOException refused) {
                assumeTrue(false, "namespaces cannot be made, which needs root: " + refused.getMessage());
            }
            swarm.connect();
            swarm.daemon(MANAGER);
            swarm.daemon(WORKER);
            assumeTrue(
                    swarm.answers(MANAGER) && swarm.answers(WORKER),
                    () -> "dockerd does not run here: " + swarm.lastWords());
            swarm.assemble();
            return swarm;
        } catch (Throwable failed) {
            swarm.stop();
            throw failed;
        }
    }

    private void connect() throws Exception {
        String manager = prefix + MANAGER;
        String worker = prefix + WORKER;
        ip("-n %s link add %s type veth peer name %s netns %s".formatted(manager, DEVICE, DEVICE, worker));
        ip("-n %s address add %s/24 dev %s".formatted(manager, MANAGER_ADDRESS, DEVICE));
        ip("-n %s address add %s/24 dev %s".formatted(worker, WORKER_ADDRESS, DEVICE));
        for (String name : List.of(manager, worker)) {
            ip("-n %s link set lo up".formatted(name));
            ip("-n %s link set %s up".formatted(name, DEVICE));
        }
    }

    private static void ip(String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ", -1)));
        TwoHosts.run(command);
    }

    private void daemon(String node) throws IOException {
        Path home = Files.createDirectory(folder.resolve(node));
        String script = """
                mount --make-rprivate / && mount -t tmpfs tmpfs /run && echo %s > /proc/sys/kernel/hostname &&
                exec %s --data-root %s/data --exec-root %s/exec --pidfile %s/pid -H unix://%s \
                  --iptables=false --bridge=none --storage-driver=vfs
                """.formatted(node, DAEMON, home, home, home, socket(node));
        // processes end with the first of them, so nothing is ever left behind
        daemons.add(new ProcessBuilder(
                        "nsenter",
                        "--net=" + NAMES.resolve(prefix + node),
                        "unshare",
                        "--mount",
                        "--uts",
                        "--pid",
                        "--fork",
                        "--mount-proc",
                        "--kill-child",
                        "sh",
                        "-c",
                        script)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start());
    }

    private boolean answers(String node) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && daemons.stream().allMatch(Process::isAlive)) {
            try {
                docker(node, "version");
                return true;
            } catch (IOException notYet) {
                Thread.sleep(200);
            }
        }
        return false;
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(MANAGER).resolve("log"));
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        } catch (IOException none) {
            return "";
        }
    }

    private void assemble() throws Exception {
        docker(MANAGER, "swarm", "init", "--advertise-addr", MANAGER_ADDRESS);
        String token = docker(MANAGER, "swarm", "join-token", "-q", "worker").strip();
        docker(
                WORKER,
                "swarm",
                "join",
                "--advertise-addr",
                WORKER_ADDRESS,
                "--token",
                token,
                MANAGER_ADDRESS + ":2377");
        Path image = folder.resolve("image.tar");
        TwoHosts.run(List.of("tar", "-C", "/", "-cf", image.toString(), "bin/busybox"));
        for (String node : List.of(MANAGER, WORKER)) {
            docker(node, "import", image.toString(), "swarmlens-test");
        }
        docker(MANAGER, "network", "create", "--driver", "overlay", "--attachable", "demo");
        docker(
                MANAGER,
                ("service create --no-resolve-image --detach --stop-grace-period 0s --name web --mode global --network demo --publish 8000:80"
                                + " --env PASSWORD=" + SECRET + " swarmlens-test /bin/busybox sleep 1000000")
                        .split(" ", -1));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!docker(MANAGER, "service", "ls", "--format", "{{.Replicas}}").startsWith("2/2")) {
            if (System.nanoTime() > deadline) {
                throw new IOException("no two replicas: " + docker(MANAGER, "service", "ps", "--no-trunc", "web"));
            }
            Thread.sleep(200);
        }
    }

    /** Where a node's daemon listens. */
    Path socket(String node) {
        return folder.resolve(node).resolve("docker.sock");
    }

    /** Where a node has the namespaces of its sandboxes; seen from the node only. */
    Path namespaces(String node) {
        return folder.resolve(node).resolve("exec/netns");
    }

    /** A folder that is deleted with the swarm. */
    Path folder() {
        return folder;
    }

    /** Runs the Docker client, and returns what it prints. */
    String docker(String node, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("timeout", "60", CLIENT.toString(), "-H", "unix://" + socket(node)));
        command.addAll(List.of(arguments));
        return TwoHosts.run(command);
    }

    /** The container of a node's replica. */
    String replica(String node) throws Exception {
        return docker(node, "ps", "-q", "--filter", "name=web").strip();
    }

    /** The address of a node's replica on the overlay. */
    String address(String node) throws Exception {
        return docker(node, "inspect", "--format", "{{.NetworkSettings.Networks.demo.IPAddress}}", replica(node))
                .strip();
    }

    /** A command as it runs on a node: in its network, its mounts, under its name. */
    List<String> on(String node, String... command) {
        long daemon = daemons.get(node.equals(MANAGER) ? 0 : 1)
                .children()
                .findFirst()
                .orElseThrow()
                .pid();
        List<String> whole = new ArrayList<>(List.of("timeout", "100", "nsenter", "-t", Long.toString(daemon)));
        whole.addAll(List.of("--net", "--mount", "--uts", "--pid", "--wd=/"));
        whole.addAll(List.of(command));
        return whole;
    }

    /** A command as it runs in a node's network, and else as any other here. */
    List<String> inNetworkOf(String node, String... command) {
        List<String> whole = new ArrayList<>(List.of("nsenter", "--net=" + NAMES.resolve(prefix + node)));
        whole.addAll(List.of(command));
        return whole;
    }

    /** Runs {@code swarmlens} on a node, and returns what it says. */
    String swarmlens(String node, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Stream.of(System.getProperty("java.class.path").split(":", -1))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .reduce((one, other) -> one + ":" + other)
                        .orElseThrow(),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return TwoHosts.run(on(node, command.toArray(String[]::new)));
    }

    /** Ends them. */
    void stop() throws Exception {
        for (Process daemon : daemons) {
            List<ProcessHandle> inside = daemon.children().toList();
            inside.forEach(ProcessHandle::destroy);
            if (!daemon.waitFor(30, TimeUnit.SECONDS)) {
                inside.forEach(ProcessHandle::destroyForcibly);
                daemon.destroyForcibly().waitFor();
            }
        }
        for (String node : List.of(MANAGER, WORKER)) {
            if (Files.exists(NAMES.resolve(prefix + node))) {
                ip("netns delete " + prefix + node);
            }
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** What a file holds, as text. */
    static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
