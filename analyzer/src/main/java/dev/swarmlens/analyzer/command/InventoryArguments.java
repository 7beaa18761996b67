package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.engine.Engine;
import dev.swarmlens.analyzer.engine.EngineException;
import dev.swarmlens.analyzer.engine.Missing;
import dev.swarmlens.analyzer.gossip.GossipKeys;
import dev.swarmlens.analyzer.inventory.Inventory;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;

/** Options that say where names come from: files, or a running daemon, or both. */
final class InventoryArguments {
    private static final String FILES = "inventory";
    static final String DAEMON = "docker";
    static final String GOSSIP_KEYS = "gossip-keys";

    private InventoryArguments() {}

    static Option files() {
        return CommonOptions.value(
                null,
                FILES,
                "DIR|FILE",
                "take names from what 'docker network|service|node|container inspect' or 'swarmlens snapshot' wrote; repeatable");
    }

    static Option daemon() {
        return CommonOptions.value(
                null, DAEMON, "unix://SOCKET", "take names from the Docker daemon at " + Engine.DEFAULT_ADDRESS);
    }

    static Option gossipKeys() {
        return CommonOptions.value(
                null,
                GOSSIP_KEYS,
                "FILE",
                "open gossip with these keys, hexadecimal, one a line, as NETWORKDBKEYLOGFILE has dockerd write them");
    }

    /**
     * The keys in the file that the user names.
     *
     * @return {@code null} if the user names none
     * @throws UsageException if the file cannot be read, or has something else
     */
    static GossipKeys gossipKeys(Arguments arguments) throws UsageException {
        String file = arguments.value(GOSSIP_KEYS, null);
        if (file == null) {
            return null;
        }
        try {
            return GossipKeys.of(Files.readAllBytes(Input.path(file)));
        } catch (IOException problem) {
            throw new UsageException("option --" + GOSSIP_KEYS + ": " + Input.reason(file, problem));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("option --" + GOSSIP_KEYS + ": " + file + ": " + wrong.getMessage());
        }
    }

    /**
     * The daemon that the user names.
     *
     * @param otherwise its address if the user names none
     */
    static Engine engine(Arguments arguments, String otherwise) throws UsageException {
        try {
            return Engine.at(arguments.value(DAEMON, otherwise));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("option --" + DAEMON + ": " + wrong.getMessage());
        }
    }

    /**
     * Reads what the options name; nothing if they name nothing.
     *
     * @throws UsageException if a file cannot be read
     * @throws EngineException if the daemon cannot be asked
     */
    static Inventory read(Arguments arguments, Streams streams) throws UsageException, EngineException {
        Inventory.Builder inventory = Inventory.builder();
        List<String> sources = new ArrayList<>(arguments.values(FILES));
        try {
            for (String path : arguments.values(FILES)) {
                inventory.read(Input.path(path));
            }
        } catch (IOException problem) {
            String file = problem instanceof FileSystemException named ? named.getFile() : String.join(", ", sources);
            throw new UsageException("option --" + FILES + ": " + Input.reason(file, problem));
        }
        if (arguments.has(DAEMON)) {
            String address = arguments.value(DAEMON, null);
            sources.add(address);
            tell(ask(engine(arguments, null), inventory), address, streams);
        }
        Inventory names = inventory.build();
        if (!sources.isEmpty() && names.isEmpty()) {
            streams.say("nothing in " + String.join(", ", sources)
                    + " is JSON as 'docker network|service|node|container inspect' prints it, so names are assumed");
        }
        return names;
    }

    private static List<Missing> ask(Engine engine, Inventory.Builder inventory) throws EngineException {
        try {
            return engine.ask((file, json) -> inventory.read(json));
        } catch (EngineException failed) {
            throw failed;
        } catch (IOException impossible) {
            throw new IllegalStateException("an inventory reads whatever there is", impossible);
        }
    }

    /** What is missing for the same reason is told at once. */
    static void tell(List<Missing> missing, String where, Streams streams) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        missing.forEach(each -> byReason.computeIfAbsent(each.reason(), any -> new ArrayList<>())
                .add(each.command()));
        byReason.forEach((reason, commands) -> streams.say(where + ": nothing from "
                + commands.stream().distinct().collect(Collectors.joining(", ")) + ": " + reason));
    }
}
