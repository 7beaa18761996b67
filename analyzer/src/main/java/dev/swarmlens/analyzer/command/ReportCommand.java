package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.Analyzer;
import dev.swarmlens.analyzer.CapturedFile;
import dev.swarmlens.analyzer.doctor.Doctor;
import dev.swarmlens.analyzer.esp.XfrmState;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.filter.FilterException;
import dev.swarmlens.analyzer.gossip.GossipKeys;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.report.CsvReport;
import dev.swarmlens.analyzer.report.JsonReport;
import dev.swarmlens.analyzer.report.Picture;
import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Reporter;
import dev.swarmlens.analyzer.report.Section;
import dev.swarmlens.analyzer.report.TextReport;
import dev.swarmlens.analyzer.summary.Summary;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.live.LiveCapture;
import dev.swarmlens.capture.live.LiveException;
import dev.swarmlens.capture.live.LiveStream;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.commons.cli.Options;

/** The commands that print a report, or one part of it: {@code analyze} and its sections. */
final class ReportCommand implements Command {
    private static final int TOP_IN_TEXT = 10;
    private static final int TOP_IN_JSON = 1000;
    private static final int MAX_THREADS = 1024;
    /** Bytes of captures that are read twice without being asked. */
    private static final long LARGE = 32L << 20;

    private static final String CONNECTIONS = "connections";
    private static final String FAIL_ON = "fail-on";
    private static final String PATH = "path";
    private static final String TEXT = "text";
    private static final String JSON = "json";
    private static final String NDJSON = "ndjson";
    private static final String CSV = "csv";

    private final String name;
    private final String summary;
    private final Set<Section> sections;
    private final List<String> examples;

    private ReportCommand(String name, String summary, Set<Section> sections, String... examples) {
        this.name = name;
        this.summary = summary;
        this.sections = sections;
        this.examples = List.of(examples);
    }

    static List<Command> all() {
        return List.of(
                new ReportCommand(
                        "analyze",
                        "print the whole report: captures, networks, nodes, gossip, addresses, ingress, pings, egress, flows",
                        EnumSet.allOf(Section.class),
                        "swarmlens analyze manager.pcap worker1.pcap worker2.pcap",
                        "swarmlens analyze -T json --inventory inspect/ manager=a.pcap worker1=b.pcap | jq .vteps",
                        "tcpdump -U -i eth0 -w - udp port 4789 | swarmlens analyze -",
                        "swarmlens analyze -Y 'vni == 4097' *.pcap",
                        "swarmlens analyze -i eth0"),
                new ReportCommand(
                        "doctor",
                        "say what is broken, how that is known, and what to type",
                        EnumSet.of(Section.CAPTURES, Section.FINDINGS),
                        "swarmlens doctor --inventory inspect/ manager=a.pcap worker1=b.pcap",
                        "swarmlens doctor --fail-on error -T json *.pcap"),
                new ReportCommand(
                        "networks",
                        "print the overlay networks: names, subnets, traffic, and the largest packets",
                        EnumSet.of(Section.NETWORKS),
                        "swarmlens networks --inventory inspect/ *.pcap"),
                new ReportCommand(
                        "vteps",
                        "print the tunnel endpoints: the nodes that carry overlay traffic",
                        EnumSet.of(Section.VTEPS),
                        "swarmlens vteps *.pcap"),
                new ReportCommand(
                        "nodes",
                        "print the swarm's members: who manages, who gossips with whom, and who does not",
                        EnumSet.of(Section.NODES),
                        "swarmlens nodes *.pcap",
                        "swarmlens nodes --gossip-keys gossip-keys.txt *.pcap"),
                new ReportCommand(
                        "endpoints",
                        "print the containers and their addresses: who lives behind which node, and what moved",
                        EnumSet.of(Section.NETWORKS, Section.ENDPOINTS),
                        "swarmlens endpoints --inventory inspect/ *.pcap"),
                new ReportCommand(
                        "flows",
                        "print who talked to whom, inside the overlays and on the underlay",
                        EnumSet.of(Section.FLOWS),
                        "swarmlens flows --top 50 *.pcap",
                        "swarmlens flows --path manager=eth1.pcap manager=gwbridge.pcap worker1=eth1.pcap"),
                new ReportCommand(
                        "pings",
                        "print which pings crossed nodes, how many were answered, and how long they took",
                        EnumSet.of(Section.PINGS),
                        "swarmlens pings --inventory inspect/ *.pcap"),
                new ReportCommand(
                        "egress",
                        "print what left the swarm, through docker_gwbridge or from a node",
                        EnumSet.of(Section.EGRESS),
                        "swarmlens egress --inventory inspect/ manager=docker_gwbridge.pcap manager=eth1.pcap"),
                new ReportCommand(
                        "ingress",
                        "print how the routing mesh distributed connections over replicas",
                        EnumSet.of(Section.INGRESS),
                        "swarmlens ingress --inventory inspect/ *.pcap",
                        "swarmlens ingress --connections --top all *.pcap",
                        "swarmlens ingress --connections -T csv *.pcap > connections.csv"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public List<String> examples() {
        return examples;
    }

    @Override
    public Options options() {
        Options options = CommonOptions.reporting();
        LiveArguments.options().getOptions().forEach(options::addOption);
        options.addOption(CommonOptions.value(
                "a", LiveArguments.AUTOSTOP, "LIMIT", "stop capturing after duration:SECONDS or packets:N"));
        if (sections.contains(Section.INGRESS)) {
            options.addOption(CommonOptions.flag(null, CONNECTIONS, "list connections one by one"));
        }
        if (sections.contains(Section.FINDINGS)) {
            options.addOption(CommonOptions.value(
                    null, FAIL_ON, "SEVERITY", "exit with 1 if something so bad is found: info, warning or error"));
        }
        if (sections.equals(EnumSet.of(Section.FLOWS))) {
            options.addOption(CommonOptions.flag(
                    null, PATH, "tell where each TCP connection was seen on its way, and where it stopped"));
        }
        if (hasLines()) {
            options.addOption(
                    CommonOptions.value(
                            "T",
                            "format",
                            "text|json|ndjson|csv",
                            sections.contains(Section.FLOWS)
                                    ? "for people (default) or for scripts; ndjson and csv list all flows, one a line"
                                    : "for people (default) or for scripts; ndjson and csv list all --connections, one a line"));
        }
        return options;
    }

    @Override
    public ExitCode run(Arguments arguments, Streams streams) throws UsageException, FilterException, IOException {
        List<String> formats = hasLines() ? List.of(TEXT, JSON, NDJSON, CSV) : List.of(TEXT, JSON);
        String format = arguments.choice("format", TEXT, formats);
        boolean lines = format.equals(NDJSON) || format.equals(CSV);
        failOn(arguments);
        if (lines && sections.contains(Section.INGRESS) && !arguments.has(CONNECTIONS)) {
            throw new UsageException("-T " + format + " lists connections one a line: it needs --" + CONNECTIONS);
        }
        boolean path = tellsPaths(arguments);
        if (path && format.equals(CSV)) {
            throw new UsageException("-T csv lists flows; --path needs -T text, json or ndjson");
        }
        int top = arguments.limit("top", lines ? Integer.MAX_VALUE : format.equals(JSON) ? TOP_IN_JSON : TOP_IN_TEXT);
        if (arguments.has(LiveArguments.INTERFACE)) {
            arguments.expectNoOperands();
            if (arguments.has("read")) {
                throw new UsageException("either files can be analyzed, or interfaces");
            }
            Reporter reporter = new Reporter(
                    InventoryArguments.read(arguments, streams), top, InventoryArguments.gossipKeys(arguments), path);
            Supplier<Analyzer> again = analyzers(arguments);
            return live(arguments, streams, format.equals(TEXT), (files, summary, copy) -> {
                Picture picture = reporter.picture(files, summary);
                Report report = picture.report();
                if (copy.isPresent()) {
                    report = report.withFindings(findings(
                            new Doctor(picture),
                            List.of(new Again(files.get(0).point(), () -> CaptureReader.open(copy.get()))),
                            again,
                            streams));
                }
                print(report, format, arguments, streams);
            });
        }
        List<Input> inputs = Input.inTimeOrder(arguments.inputs());
        boolean copies = isDoctor() && inputs.stream().anyMatch(Input::isStandardInput);
        if (!copies) {
            return read(inputs, top, format, arguments, streams, Optional.empty());
        }
        StreamCopy copy = new StreamCopy(streams.in());
        try {
            Streams copying = new Streams(copy, streams.out(), streams.err());
            return read(inputs, top, format, arguments, copying, Optional.of(copy.file()));
        } finally {
            copy.delete();
        }
    }

    /** Whether reading captures once more takes so long that only who asks for it shall wait. */
    private static boolean isLarge(List<Input> inputs) {
        return inputs.stream().mapToLong(input -> input.size().orElse(0)).sum() > LARGE;
    }

    private boolean tellsPaths(Arguments arguments) {
        return options().hasLongOption(PATH) && arguments.has(PATH);
    }

    /** Whether what is wrong is the question, so that what can be read only once is kept to be looked at again. */
    private boolean isDoctor() {
        return sections.equals(EnumSet.of(Section.CAPTURES, Section.FINDINGS));
    }

    private ExitCode read(
            List<Input> inputs, int top, String format, Arguments arguments, Streams streams, Optional<Path> copy)
            throws UsageException, FilterException, IOException {
        Inventory inventory = InventoryArguments.read(arguments, streams);
        GossipKeys gossipKeys = InventoryArguments.gossipKeys(arguments);
        Summary summary = summary(arguments);
        List<CapturedFile> files = new ArrayList<>();
        ExitCode code;
        try (Readings readings = readings(arguments, streams)) {
            code = readings.read(inputs, files, summary);
        }
        if (files.isEmpty()) {
            return code;
        }
        Picture picture = new Reporter(inventory, top, gossipKeys, tellsPaths(arguments)).picture(files, summary);
        Report report = picture.report();
        KeyArguments.tell(arguments, report.espTunnels(), streams);
        if (sections.contains(Section.FINDINGS)) {
            List<Again> again = inputs.stream()
                    .map(input -> new Again(
                            input.point(),
                            input.isStandardInput() && copy.isPresent()
                                    ? () -> CaptureReader.open(copy.get())
                                    : input.size().isPresent() ? () -> input.open(streams) : null))
                    .toList();
            Doctor doctor = new Doctor(picture);
            report = doctor.wantsCloserLook() && !isDoctor() && isLarge(inputs)
                    ? report.withNote(
                            "Not all conversations went well; swarmlens doctor reads the captures once more and says why.")
                    : report.withFindings(findings(doctor, again, analyzers(arguments), streams));
        }
        print(report, format, arguments, streams);
        return code.or(failing(report, arguments));
    }

    /** Opens a capture once more. */
    @FunctionalInterface
    private interface Opening {
        CaptureReader open() throws IOException;
    }

    /**
     * A capture that was read and may be read again.
     *
     * @param opening how; {@code null} if it cannot be
     */
    private record Again(String point, Opening opening) {}

    /** What is wrong; if the first look shows trouble, the captures are looked at once more. */
    private static List<Report.Finding> findings(
            Doctor doctor, List<Again> captures, Supplier<Analyzer> analyzers, Streams streams) {
        if (doctor.wantsCloserLook()) {
            for (int order = 0; order < captures.size(); order++) {
                Again capture = captures.get(order);
                if (capture.opening() == null) {
                    streams.say(capture.point() + " can be read only once, so its packets are not looked at closer;"
                            + " swarmlens doctor keeps a copy of the standard input, and reads files twice");
                    continue;
                }
                try (CaptureReader reader = capture.opening().open()) {
                    analyzers.get().read(capture.point(), reader, doctor.observer(order));
                } catch (IOException problem) {
                    streams.say(Input.reason(capture.point(), problem));
                }
            }
        }
        return doctor.findings();
    }

    /** What reads captures once more, as they were read the first time. */
    private static Supplier<Analyzer> analyzers(Arguments arguments) throws UsageException, FilterException {
        ProtocolRegistry registry = arguments.registry();
        XfrmState keys = KeyArguments.read(arguments);
        Optional<Predicate<PacketView>> wanted = arguments.filter(registry);
        return () -> new Analyzer(registry, keys, wanted, Interruption::isRequested);
    }

    private static ExitCode failing(Report report, Arguments arguments) throws UsageException {
        Optional<Report.Severity> limit = failOn(arguments);
        boolean fails = limit.isPresent()
                && report.findings() != null
                && report.findings().stream()
                        .anyMatch(finding -> finding.severity().compareTo(limit.get()) >= 0);
        return fails ? ExitCode.FINDINGS : ExitCode.FINE;
    }

    private static Optional<Report.Severity> failOn(Arguments arguments) throws UsageException {
        return Optional.ofNullable(arguments.choice(FAIL_ON, null, List.of("info", "warning", "error")))
                .map(severity -> Report.Severity.valueOf(severity.toUpperCase(Locale.ROOT)));
    }

    /** Whether this prints one long list, which has a form of one line an element. */
    private boolean hasLines() {
        return sections.equals(EnumSet.of(Section.FLOWS)) || sections.equals(EnumSet.of(Section.INGRESS));
    }

    private void print(Report report, String format, Arguments arguments, Streams streams) throws IOException {
        boolean flows = sections.contains(Section.FLOWS);
        switch (format) {
            case JSON -> JsonReport.write(report, sections, streams.out());
            case NDJSON -> {
                if (report.paths() != null) {
                    JsonReport.writePaths(report, streams.out());
                } else if (flows) {
                    JsonReport.writeFlows(report, streams.out());
                } else {
                    JsonReport.writeConnections(report, streams.out());
                }
            }
            case CSV -> {
                if (flows) {
                    CsvReport.flows(report, streams.out());
                } else {
                    CsvReport.connections(report, streams.out());
                }
            }
            default -> {
                String text = TextReport.of(report, sections, arguments.has(CONNECTIONS));
                streams.out().write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** What to do with what was read. */
    @FunctionalInterface
    private interface Printing {
        void print(List<CapturedFile> files, Summary summary, Optional<Path> copy) throws IOException;
    }

    /** Analyzes interfaces: on a terminal the picture is drawn anew every few seconds, elsewhere it is printed at the end. */
    private ExitCode live(Arguments arguments, Streams streams, boolean text, Printing printing)
            throws UsageException, FilterException, IOException {
        Limits stop = Limits.of(arguments, LiveArguments.AUTOSTOP);
        ProtocolRegistry registry = arguments.registry();
        Analyzer analyzer =
                new Analyzer(registry, KeyArguments.read(arguments), arguments.filter(registry), () -> false);
        Summary summary = summary(arguments);
        try (LiveCapture capture = LiveArguments.open(arguments)) {
            String names = LiveArguments.names(capture);
            String point = LiveArguments.hostName();
            Screen screen = new Screen(streams.out(), text && Progress.isTerminal(1));
            LiveStream stream = new LiveStream(capture, frame -> capture.delivered() < stop.packets(), () -> {
                screen.refresh();
                return Interruption.isRequested() || stop.isOver(screen.start());
            });
            streams.say("capturing from " + names);
            StreamCopy copy = isDoctor() ? new StreamCopy(stream) : null;
            try (CaptureReader reader = CaptureReader.open(copy == null ? stream : copy, names)) {
                Optional<Path> copied = Optional.ofNullable(copy).map(StreamCopy::file);
                CapturedFile running = new CapturedFile(0, point, names, reader.format(), Optional.empty());
                screen.show(() -> printing.print(List.of(running), summary, copied));
                CapturedFile file = analyzer.read(0, point, names, reader, summary);
                screen.clear();
                printing.print(List.of(file), summary, copied);
                streams.out().flush();
                return CaptureCommand.tell(capture, stream, streams);
            } finally {
                if (copy != null) {
                    copy.delete();
                }
            }
        } catch (LiveException failed) {
            return streams.fail(failed);
        }
    }

    private static Readings readings(Arguments arguments, Streams streams) throws UsageException, FilterException {
        int threads = arguments.count("threads", Runtime.getRuntime().availableProcessors(), MAX_THREADS);
        ProtocolRegistry registry = arguments.registry();
        Optional<Predicate<PacketView>> wanted = arguments.filter(registry);
        XfrmState keys = KeyArguments.read(arguments);
        int maxFlows = maxFlows(arguments);
        boolean keepGossip = arguments.has(InventoryArguments.GOSSIP_KEYS);
        return new Readings(
                // a filter may ask for the frame's number, which only who reads from the beginning knows
                wanted.isPresent() ? 1 : threads,
                stop -> new Analyzer(registry, keys, wanted, stop),
                () -> new Summary(maxFlows, keepGossip),
                Interruption::isRequested,
                streams);
    }

    private static Summary summary(Arguments arguments) throws UsageException {
        return new Summary(maxFlows(arguments), arguments.has(InventoryArguments.GOSSIP_KEYS));
    }

    private static int maxFlows(Arguments arguments) throws UsageException {
        return arguments.count("max-flows", Summary.MAX_FLOWS, Integer.MAX_VALUE);
    }
}
