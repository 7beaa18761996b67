package dev.swarmlens.analyzer.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swarmlens.capture.live.LiveException;
import dev.swarmlens.capture.live.LiveInterface;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Options;

/** {@code interfaces}: what can be captured from. */
final class InterfacesCommand implements Command {

    @Override
    public String name() {
        return "interfaces";
    }

    @Override
    public String summary() {
        return "list the interfaces that can be captured from";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "swarmlens interfaces", "swarmlens interfaces --netns /var/run/docker/netns/ingress_sbox -T json");
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(CommonOptions.flag("h", "help", "print this help"))
                .addOption(LiveArguments.namespace())
                .addOption(CommonOptions.value("T", "format", "text|json", "for people (default) or for scripts"));
    }

    @Override
    public ExitCode run(Arguments arguments, Streams streams) throws UsageException, IOException {
        arguments.expectNoOperands();
        String format = arguments.choice("format", "text", List.of("text", "json"));
        List<LiveInterface> interfaces;
        try {
            LiveArguments.enterNamespace(arguments);
            interfaces = LiveInterface.all();
        } catch (LiveException failed) {
            return streams.fail(failed);
        }
        if (format.equals("json")) {
            streams.out().println(json(interfaces).toPrettyString());
        } else {
            int width = interfaces.stream()
                    .mapToInt(each -> each.name().length())
                    .max()
                    .orElse(0);
            interfaces.forEach(each -> streams.out().println(line(each, width)));
        }
        return ExitCode.FINE;
    }

    private static String line(LiveInterface each, int width) {
        List<String> facts = new ArrayList<>();
        facts.add(each.up() ? each.running() ? "running" : "up" : "down");
        if (each.loopback()) {
            facts.add("loopback");
        }
        facts.addAll(each.linkAddresses());
        facts.addAll(each.addresses());
        each.description().ifPresent(description -> facts.add("(" + description + ")"));
        return String.format("%-" + Math.max(1, width) + "s  %s", each.name(), String.join("  ", facts));
    }

    private static ArrayNode json(List<LiveInterface> interfaces) {
        ArrayNode all = new ObjectMapper().createArrayNode();
        for (LiveInterface each : interfaces) {
            ObjectNode node = all.addObject();
            node.put("name", each.name());
            node.put("description", each.description().orElse(null));
            node.put("up", each.up());
            node.put("running", each.running());
            node.put("loopback", each.loopback());
            ArrayNode macs = node.putArray("macs");
            each.linkAddresses().forEach(macs::add);
            ArrayNode addresses = node.putArray("addresses");
            each.addresses().forEach(addresses::add);
        }
        return all;
    }
}
