package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.convert.Anonymizer;
import dev.swarmlens.analyzer.convert.Pseudonyms;
import dev.swarmlens.analyzer.esp.XfrmState;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.filter.FilterException;
import dev.swarmlens.analyzer.sighting.SwarmVxlan;
import dev.swarmlens.capture.OutputFormat;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** {@code convert}: captures into another capture, with fewer packets or other ones. */
final class ConvertCommand implements Command {
    private static final int MAX_VNI = 0xff_ffff;

    @Override
    public String name() {
        return "convert";
    }

    @Override
    public String summary() {
        return "write captures anew: merged, cut, filtered, decapsulated, anonymized, in another format";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "swarmlens convert -w swarm.pcapng.zst manager=a.pcap worker1=b.pcap worker2=c.pcap",
                "swarmlens convert -w dns.pcapng -Y 'inner.udp.port == 53' manager.pcap",
                "swarmlens convert -w minute.pcap -A 2026-11-22T11:32:00Z -B 2026-11-22T11:33:00Z manager.pcap",
                "swarmlens convert -w overlays.pcapng --decapsulate manager.pcap",
                "swarmlens convert -w blog.pcap --decapsulate --vni 4097 manager.pcap",
                "swarmlens convert -w to-show.pcapng --anonymize @secret manager=a.pcap worker1=b.pcap");
    }

    @Override
    public Options options() {
        return CommonOptions.filtering()
                .addOption(CommonOptions.value(
                        "w",
                        "write",
                        "FILE",
                        "where to; the name says the format and the compression: .pcap, .pcapng.gz, …; - for the standard"
                                + " output"))
                .addOption(CommonOptions.value(
                        "F", "output-format", String.join("|", formats()), "the format, whatever the name says"))
                .addOption(CommonOptions.value("A", "after", "TIME", "only packets from this time on"))
                .addOption(CommonOptions.value(
                        "B",
                        "before",
                        "TIME",
                        "only packets before this time; 2026-11-22T11:32:00Z, without Z the time here, or seconds since"
                                + " 1970"))
                .addOption(CommonOptions.value("c", "count", "N", "stop after reading N packets"))
                .addOption(CommonOptions.flag(
                        null, "decapsulate", "only the frames inside of VXLAN tunnels, one interface a VNI"))
                .addOption(CommonOptions.value(null, "vni", "VNI", "with --decapsulate: only those of this network"))
                .addOption(CommonOptions.value(
                        null,
                        "anonymize",
                        "KEY",
                        "other addresses in the place of real ones, the same for the same key: 64 hexadecimal digits, any"
                                + " other text, or @FILE to read it from; what is behind the headers is cut off"))
                .addOption(CommonOptions.flag(
                        null,
                        "keep-payload",
                        "with --anonymize: keep it, with all the names and addresses that it may hold"));
    }

    private static List<String> formats() {
        return Arrays.stream(OutputFormat.values()).map(OutputFormat::toString).toList();
    }

    @Override
    public ExitCode run(Arguments arguments, Streams streams) throws UsageException, FilterException, IOException {
        ProtocolRegistry registry = SwarmVxlan.addTo(arguments.registry());
        boolean decapsulate = arguments.has("decapsulate");
        int vni = arguments.number("vni", Conversion.ANY_VNI, MAX_VNI);
        if (vni != Conversion.ANY_VNI && !decapsulate) {
            throw new UsageException("option --vni needs --decapsulate; without it filter: -Y 'vni == N'");
        }
        Conversion conversion = new Conversion(
                arguments.filter(registry).orElse(any -> true),
                arguments.time("after", Long.MIN_VALUE),
                arguments.time("before", Long.MAX_VALUE),
                arguments.limit("count", Integer.MAX_VALUE),
                decapsulate,
                vni,
                anonymizer(arguments, registry));
        String target = arguments.value("write", null);
        if (target == null) {
            throw new UsageException("option --write says where to, and is missing");
        }
        String name = arguments.choice("output-format", null, formats());
        Optional<OutputFormat> format = Arrays.stream(OutputFormat.values())
                .filter(each -> each.toString().equals(name))
                .findFirst();
        List<Input> inputs = arguments.inputs();
        for (Input input : inputs) {
            refuseSame(input, target);
        }
        XfrmState keys = KeyArguments.read(arguments);
        List<Conversion.Source> sources = new ArrayList<>();
        try {
            ExitCode code = ExitCode.FINE;
            for (Input input : inputs) {
                try {
                    sources.add(new Conversion.Source(input, input.open(streams), new PacketView(registry, keys)));
                } catch (IOException problem) {
                    streams.say(Input.reason(input.file(), problem));
                    code = code.or(ExitCode.NOT_A_CAPTURE);
                }
            }
            if (sources.isEmpty()) {
                return code;
            }
            code = code.or(conversion.convert(sources, target, format, streams));
            KeyArguments.tellRefused(arguments, conversion.refused(), streams);
            return code;
        } finally {
            for (Conversion.Source source : sources) {
                source.close();
            }
        }
    }

    private static Optional<Anonymizer> anonymizer(Arguments arguments, ProtocolRegistry registry)
            throws UsageException {
        boolean keepPayload = arguments.has("keep-payload");
        String key = arguments.value("anonymize", null);
        if (key == null) {
            if (keepPayload) {
                throw new UsageException(
                        "option --keep-payload needs --anonymize; without it payloads are kept anyway");
            }
            return Optional.empty();
        }
        return Optional.of(new Anonymizer(registry, new Pseudonyms(secret(key)), keepPayload));
    }

    /** A key, or the first line of the file that it names behind an at sign. */
    private static String secret(String key) throws UsageException {
        try {
            String secret = key.startsWith("@")
                    ? Files.readAllLines(Input.path(key.substring(1))).stream()
                            .findFirst()
                            .orElse("")
                    : key;
            if (secret.isBlank()) {
                throw new UsageException(
                        "option --anonymize needs a key that others cannot guess, and this one is empty");
            }
            return secret;
        } catch (IOException problem) {
            throw new UsageException("option --anonymize: " + Input.reason(key.substring(1), problem));
        }
    }

    private static void refuseSame(Input input, String target) throws UsageException {
        try {
            Path path = Input.path(target);
            if (!target.equals("-") && Files.exists(path) && Files.isSameFile(path, Input.path(input.file()))) {
                throw new UsageException("option --write names a file that is read, " + target);
            }
        } catch (IOException notThere) {
            // told when it is opened
        }
    }
}
