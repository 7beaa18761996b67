package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.engine.Engine;
import dev.swarmlens.analyzer.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Options;

/** {@code snapshot}: what a node can tell of its swarm, into a folder that {@code --inventory} reads. */
final class SnapshotCommand implements Command {
    private static final String NAMESPACES = "netns-dir";
    private static final String KEYS = "with-keys";

    @Override
    public String name() {
        return "snapshot";
    }

    @Override
    public String summary() {
        return "collect what this node's Docker daemon and kernel know, for --inventory";
    }

    @Override
    public String operands() {
        return "DIR";
    }

    @Override
    public List<String> examples() {
        return List.of("swarmlens snapshot before", "swarmlens snapshot --with-keys manager/before");
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(CommonOptions.flag("h", "help", "print this help"))
                .addOption(CommonOptions.value(
                        null,
                        InventoryArguments.DAEMON,
                        "unix://SOCKET",
                        "ask this Docker daemon; by default the one at " + Engine.DEFAULT_ADDRESS))
                .addOption(CommonOptions.value(
                        null,
                        NAMESPACES,
                        "DIR",
                        "where the network namespaces of sandboxes are; by default " + Snapshot.NAMESPACES))
                .addOption(CommonOptions.flag(
                        null, KEYS, "collect the keys of encrypted networks, too: whoever has them reads the traffic"));
    }

    @Override
    public ExitCode run(Arguments arguments, Streams streams) throws UsageException {
        String name = arguments.operand("no folder is named; give one that is empty, or not there yet");
        Engine engine = InventoryArguments.engine(arguments, Engine.DEFAULT_ADDRESS);
        Snapshot snapshot;
        try {
            Path folder = Input.path(name);
            expectEmpty(folder);
            Files.createDirectories(folder);
            Path namespaces = Input.path(arguments.value(NAMESPACES, Snapshot.NAMESPACES));
            snapshot = Snapshot.take(folder, LiveArguments.hostName(), engine, namespaces, arguments.has(KEYS));
        } catch (IOException failed) {
            streams.say("cannot write to " + name + ": " + failed.getMessage());
            return ExitCode.NOT_A_CAPTURE;
        }
        InventoryArguments.tell(snapshot.missing(), "snapshot", streams);
        streams.say(name + ": " + snapshot.files().size() + " files");
        return snapshot.files().isEmpty() ? ExitCode.UNAVAILABLE : ExitCode.FINE;
    }

    /** What is left of another snapshot would be taken for a part of this one. */
    private static void expectEmpty(Path folder) throws UsageException, IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
                if (inside.iterator().hasNext()) {
                    throw new UsageException(folder + " is not empty; a snapshot needs a folder of its own");
                }
            }
        } else if (Files.exists(folder)) {
            throw new UsageException(folder + " is no folder");
        }
    }
}
