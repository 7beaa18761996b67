package dev.swarmlens.analyzer.command;

import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Options that several commands share, with tshark's letters. */
final class CommonOptions {
    private CommonOptions() {}

    static Options reading() {
        return new Options()
                .addOption(flag("h", "help", "print this help"))
                .addOption(value("r", "read", "FILE", "read this capture, like one named after the options"))
                .addOption(flag(null, "resync", "go on behind damage, with the next packets that look sound"))
                .addOption(value(
                        "d", "decode-as", "udp.port==PORT,PROTOCOL", "decode UDP to PORT as PROTOCOL, e.g. vxlan"))
                .addOption(value(null, "vxlan-port", "PORT", "decode UDP to PORT as VXLAN, besides 4789"));
    }

    static Options filtering() {
        return reading()
                .addOption(value(
                        "Y", "display-filter", "FILTER", "only packets that match, e.g. 'vni == 4097 && inner.tcp'"))
                .addOption(KeyArguments.xfrmState());
    }

    static Options reporting() {
        return filtering()
                .addOption(value("T", "format", "text|json", "for people (default) or for scripts"))
                .addOption(InventoryArguments.files())
                .addOption(InventoryArguments.daemon())
                .addOption(InventoryArguments.gossipKeys())
                .addOption(value(
                        null,
                        "threads",
                        "N",
                        "how many cores to use at most; all by default, the results are the same"))
                .addOption(value(
                        null,
                        "max-flows",
                        "N",
                        "how many flows of an interface to keep in memory; the least recent of more are only counted"))
                .addOption(value(
                        null, "top", "N|all", "how many flows and connections to list: 10 in text, 1000 in JSON"));
    }

    static Option flag(String letter, String name, String description) {
        return Option.builder(letter).longOpt(name).desc(description).get();
    }

    static Option value(String letter, String name, String argument, String description) {
        return Option.builder(letter)
                .longOpt(name)
                .hasArg()
                .argName(argument)
                .desc(description)
                .get();
    }
}
