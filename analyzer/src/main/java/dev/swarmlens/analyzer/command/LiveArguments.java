package dev.swarmlens.analyzer.command;

import dev.swarmlens.capture.live.LiveCapture;
import dev.swarmlens.capture.live.LiveException;
import dev.swarmlens.capture.live.LiveOptions;
import dev.swarmlens.capture.live.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Options that say from which interfaces to capture, with dumpcap's letters. */
final class LiveArguments {
    static final String INTERFACE = "interface";
    static final String AUTOSTOP = "autostop";

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private static final String NAMESPACE = "netns";

    private static final String FILTER = "capture-filter";
    private static final String SNAP_LENGTH = "snapshot-length";
    private static final String NO_PROMISCUOUS = "no-promiscuous-mode";
    private static final String BUFFER = "buffer-size";
    private static final int MEBIBYTE = 1 << 20;
    private static final int MAX_BUFFER = Integer.MAX_VALUE / MEBIBYTE;

    private LiveArguments() {}

    static Options options() {
        return new Options()
                .addOption(CommonOptions.value(
                        "i", INTERFACE, "INTERFACE", "capture from this interface, e.g. eth0; repeatable"))
                .addOption(CommonOptions.value(
                        "f", FILTER, "FILTER", "capture only what libpcap's filter lets pass, e.g. 'udp port 4789'"))
                .addOption(CommonOptions.value("s", SNAP_LENGTH, "N", "keep N bytes of a packet; all by default"))
                .addOption(CommonOptions.flag("p", NO_PROMISCUOUS, "capture only what is meant for this machine"))
                .addOption(CommonOptions.value("B", BUFFER, "MIB", "memory for packets in the kernel; 64 by default"))
                .addOption(namespace());
    }

    static Option namespace() {
        return CommonOptions.value(
                null, NAMESPACE, "PATH", "look in this network namespace, e.g. /var/run/docker/netns/ingress_sbox");
    }

    /** Begins to capture. */
    static LiveCapture open(Arguments arguments) throws UsageException, LiveException {
        List<LiveOptions> interfaces = interfaces(arguments);
        enterNamespace(arguments);
        return LiveCapture.open(interfaces);
    }

    /** Goes where the interfaces are, if the user says where. */
    static void enterNamespace(Arguments arguments) throws LiveException {
        if (arguments.has(NAMESPACE)) {
            NetworkNamespace.enter(arguments.value(NAMESPACE, null));
        }
    }

    /** The names of the interfaces. */
    static String names(LiveCapture capture) {
        return capture.interfaces().stream()
                .map(each -> each.name().orElseThrow())
                .collect(Collectors.joining(", "));
    }

    /** What this machine is called. */
    static String hostName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException unknown) {
            return "localhost";
        }
    }

    /** The interfaces. What stands before the first of them is for all, what stands behind one is for that one. */
    static List<LiveOptions> interfaces(Arguments arguments) throws UsageException {
        LiveOptions common = LiveOptions.of("");
        List<LiveOptions> interfaces = new ArrayList<>();
        for (Map.Entry<String, String> option : arguments.inOrder()) {
            if (option.getKey().equals(INTERFACE)) {
                interfaces.add(common.withName(option.getValue()));
            } else if (interfaces.isEmpty()) {
                common = with(common, option.getKey(), option.getValue());
            } else {
                int last = interfaces.size() - 1;
                interfaces.set(last, with(interfaces.get(last), option.getKey(), option.getValue()));
            }
        }
        if (interfaces.isEmpty()) {
            throw new UsageException("no interface is named; give one with -i, 'swarmlens interfaces' lists them");
        }
        return interfaces;
    }

    private static LiveOptions with(LiveOptions options, String name, String value) throws UsageException {
        return switch (name) {
            case FILTER -> options.withFilter(value);
            case SNAP_LENGTH -> {
                int length = Arguments.number(name, value, LiveOptions.MAX_SNAP_LENGTH);
                yield options.withSnapLength(length == 0 ? LiveOptions.MAX_SNAP_LENGTH : length);
            }
            case NO_PROMISCUOUS -> options.withPromiscuous(false);
            case BUFFER -> options.withBufferBytes(Math.max(1, Arguments.number(name, value, MAX_BUFFER)) * MEBIBYTE);
            default -> options;
        };
    }
}
