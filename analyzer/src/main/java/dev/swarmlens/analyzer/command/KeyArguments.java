package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.esp.XfrmState;
import dev.swarmlens.analyzer.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;

/** Options that name files with keys. What is in these files is never printed. */
final class KeyArguments {
    private static final String XFRM_STATE = "xfrm-state";
    /** So many SPIs are named in a sentence. */
    private static final int NAMED = 3;

    private KeyArguments() {}

    static Option xfrmState() {
        return CommonOptions.value(
                null,
                XFRM_STATE,
                "FILE",
                "decrypt encrypted networks with the keys that 'ip xfrm state' prints on a node, as root; repeatable");
    }

    /**
     * Reads the keys that the options name; none if they name nothing.
     *
     * @throws UsageException if a file cannot be read
     */
    static XfrmState read(Arguments arguments) throws UsageException {
        XfrmState keys = XfrmState.NONE;
        for (String file : arguments.values(XFRM_STATE)) {
            try {
                keys = keys.and(XfrmState.read(Input.path(file)));
            } catch (IOException problem) {
                throw new UsageException("option --" + XFRM_STATE + ": " + Input.reason(file, problem));
            }
        }
        return keys;
    }

    /** Says how many packets keys were given for that did not open them. */
    static void tellRefused(Arguments arguments, long packets, Streams streams) {
        if (packets > 0) {
            streams.say("the keys in " + files(arguments) + " do not fit: " + Streams.packets(packets)
                    + " failed authentication");
        }
    }

    /** Says which tunnels of a report the keys did not open, and why. */
    static void tell(Arguments arguments, List<Report.EspTunnel> tunnels, Streams streams) {
        if (!arguments.has(XFRM_STATE)) {
            return;
        }
        List<Report.EspTunnel> refused =
                tunnels.stream().filter(tunnel -> tunnel.refused() > 0).toList();
        if (!refused.isEmpty()) {
            streams.say("the keys in " + files(arguments) + " do not fit " + spis(refused) + ": "
                    + Streams.packets(refused.stream()
                            .mapToLong(Report.EspTunnel::refused)
                            .sum())
                    + " failed authentication");
        }
        List<Report.EspTunnel> closed = tunnels.stream()
                .filter(tunnel -> tunnel.opened() + tunnel.refused() == 0 && tunnel.cut() < tunnel.packets())
                .toList();
        if (!closed.isEmpty()) {
            streams.say("there is no key in " + files(arguments) + " for " + spis(closed) + ": "
                    + Streams.packets(
                            closed.stream().mapToLong(Report.EspTunnel::packets).sum())
                    + " stay encrypted");
        }
    }

    private static String files(Arguments arguments) {
        return String.join(", ", arguments.values(XFRM_STATE));
    }

    private static String spis(List<Report.EspTunnel> tunnels) {
        String some = tunnels.stream().limit(NAMED).map(Report.EspTunnel::spi).collect(Collectors.joining(", "));
        return "SPI " + some + (tunnels.size() > NAMED ? " and " + (tunnels.size() - NAMED) + " more" : "");
    }
}
