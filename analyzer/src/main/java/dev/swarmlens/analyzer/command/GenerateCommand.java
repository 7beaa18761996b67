package dev.swarmlens.analyzer.command;

import dev.swarmlens.capture.CaptureOutput;
import dev.swarmlens.capture.Compression;
import dev.swarmlens.capture.OutputFormat;
import dev.swarmlens.capture.live.LiveException;
import dev.swarmlens.capture.live.LiveSender;
import dev.swarmlens.samples.generate.CapturePerPoint;
import dev.swarmlens.samples.generate.Generator;
import dev.swarmlens.samples.generate.Limits;
import dev.swarmlens.samples.generate.Output;
import dev.swarmlens.samples.generate.SingleCapture;
import dev.swarmlens.samples.scenario.ByteSize;
import dev.swarmlens.samples.scenario.Scenario;
import dev.swarmlens.samples.scenario.ScenarioException;
import dev.swarmlens.samples.scenario.ScenarioReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.cli.Options;

/** {@code generate}: a swarm's traffic from a scenario, with the truth beside it. */
final class GenerateCommand implements Command {
    private static final Pattern CAPTURE =
            Pattern.compile("(?s).*\\.(pcap|pcapng|cap|dmp)(\\.(gz|zst|lz4|xz|bz2))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENDING = Pattern.compile("(pcap|pcapng)(\\.(gz|zst|lz4|xz|bz2))?");
    private static final long NANOS = 1_000_000_000;
    private static final String SEED = "seed";

    @Override
    public String name() {
        return "generate";
    }

    @Override
    public String summary() {
        return "make traffic of a swarm from a scenario, with the truth beside it";
    }

    @Override
    public String operands() {
        return "SCENARIO";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "swarmlens generate samples/scenarios/quiet.yaml -w quiet/",
                "swarmlens generate samples/scenarios/seed.yaml -w - | swarmlens analyze -",
                "swarmlens generate samples/scenarios/quiet.yaml -w big/ --size 1GiB",
                "swarmlens generate samples/scenarios/sw-01-one-way-block.yaml -w fault/ -F pcapng.zst",
                "swarmlens generate samples/scenarios/quiet.yaml -i veth0 --rate 1000");
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(CommonOptions.flag("h", "help", "print this help"))
                .addOption(CommonOptions.value(
                        "w",
                        "write",
                        "DIR|FILE",
                        "a folder for one capture a vantage point, truth.json and inventory/; or one capture of all of them,"
                                + " if the name ends so, and - for the standard output"))
                .addOption(CommonOptions.value(
                        "F",
                        "output-format",
                        "ENDING",
                        "with a folder: pcap (default), pcapng, pcap.gz, pcapng.zst, …"))
                .addOption(CommonOptions.value(
                        null, "truth", "DIR", "where truth.json and inventory/ go, if not to the folder of -w"))
                .addOption(CommonOptions.value(
                        "i", "interface", "INTERFACE", "put the underlay's frames on this interface"))
                .addOption(CommonOptions.value(
                        null, "rate", "PACKETS", "with -i: so many a second, instead of by the scenario's times"))
                .addOption(CommonOptions.value(null, SEED, "N", "another seed than the scenario's"))
                .addOption(CommonOptions.value(
                        null, "packets", "N", "go on until there are N packets, over all points, and finish"))
                .addOption(CommonOptions.value(
                        null, "size", "SIZE", "go on until there are so many bytes, such as 100MB or 1GiB, and finish"))
                .addOption(CommonOptions.value(
                        null, "duration", "SECONDS", "go on for so long, in the scenario's time, and finish"));
    }

    @Override
    public ExitCode run(Arguments arguments, Streams streams) throws UsageException, IOException {
        String file = arguments.operand("no scenario is named");
        Limits limits = limits(arguments);
        Optional<String> target = Optional.ofNullable(arguments.value("write", null));
        Optional<String> device = Optional.ofNullable(arguments.value("interface", null));
        if (target.isPresent() == device.isPresent()) {
            throw new UsageException("give either -w, where to write, or -i, an interface to send to");
        }
        Pace pace = pace(arguments, device.isPresent());
        boolean single = target.isPresent()
                && (target.get().equals("-") || CAPTURE.matcher(target.get()).matches());
        Optional<Path> folder =
                target.isPresent() && !single ? Optional.of(Input.path(target.get())) : Optional.empty();
        Optional<String> truth = Optional.ofNullable(arguments.value("truth", null));
        String ending = arguments.value("output-format", "pcap");
        if (!ENDING.matcher(ending).matches()) {
            throw new UsageException("option --output-format cannot be " + ending
                    + "; choose pcap or pcapng, and behind it .gz, .zst, .lz4, .xz or .bz2 to compress");
        }
        Generator generator;
        try {
            generator = new Generator(scenario(file, arguments));
        } catch (ScenarioException wrong) {
            streams.say(wrong.getMessage());
            return ExitCode.USAGE;
        } catch (IOException unreadable) {
            streams.say(Input.reason(file, unreadable));
            return ExitCode.NOT_A_CAPTURE;
        } catch (IllegalArgumentException impossible) {
            streams.say(file + ": " + impossible.getMessage());
            return ExitCode.USAGE;
        }
        try {
            Output output;
            if (device.isPresent()) {
                output = new Injection(LiveSender.open(device.get()), pace);
            } else if (folder.isPresent()) {
                output = new CapturePerPoint(folder.get(), ending);
            } else {
                output = new SingleCapture(single(target.orElseThrow(), arguments, streams));
            }
            Optional<Path> beside = truth.isPresent() ? Optional.of(Input.path(truth.get())) : folder;
            Generator.Totals totals = generator.run(output, beside, limits, Interruption::isRequested);
            streams.say(Streams.packets(totals.packets()) + ", " + totals.bytes() + " bytes");
            return ExitCode.FINE;
        } catch (LiveException refused) {
            return streams.fail(refused);
        }
    }

    private static Pace pace(Arguments arguments, boolean live) throws UsageException {
        int rate = arguments.number("rate", 0, Integer.MAX_VALUE);
        if (rate > 0 && !live) {
            throw new UsageException("option --rate needs -i; without an interface all is written at once");
        }
        return rate > 0 ? Pace.byRate(rate) : Pace.byTime(1);
    }

    private static Scenario scenario(String file, Arguments arguments)
            throws UsageException, ScenarioException, IOException {
        Scenario scenario = ScenarioReader.read(Input.path(file));
        return arguments.has(SEED) ? scenario.withSeed(arguments.number(SEED, 0, Integer.MAX_VALUE)) : scenario;
    }

    private static CaptureOutput single(String target, Arguments arguments, Streams streams) {
        CaptureOutput output = target.equals("-")
                ? CaptureOutput.to((OutputStream) streams.out(), target)
                : CaptureOutput.to(Path.of(target));
        if (arguments.has("output-format")) {
            String name = "x." + arguments.value("output-format", "");
            output.format(OutputFormat.ofName(name)).compression(Compression.ofName(name));
        }
        return output;
    }

    private static Limits limits(Arguments arguments) throws UsageException {
        long packets = arguments.has("packets") ? arguments.number("packets", 0, Integer.MAX_VALUE) : Long.MAX_VALUE;
        long nanos =
                arguments.has("duration") ? arguments.number("duration", 0, Integer.MAX_VALUE) * NANOS : Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        String size = arguments.value("size", null);
        if (size != null) {
            try {
                bytes = ByteSize.of(size);
            } catch (IllegalArgumentException wrong) {
                throw new UsageException("option --size needs a size such as 100MB or 1GiB, not " + size);
            }
        }
        return new Limits(packets, bytes, nanos);
    }
}
