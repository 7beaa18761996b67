package dev.swarmlens.samples.generate;

import dev.swarmlens.samples.fault.Faults;
import dev.swarmlens.samples.scenario.Scenario;
import dev.swarmlens.samples.swarm.Swarm;
import dev.swarmlens.samples.traffic.Conversations;
import dev.swarmlens.samples.traffic.Stage;
import dev.swarmlens.samples.truth.Inventory;
import dev.swarmlens.samples.truth.Truth;
import dev.swarmlens.samples.wire.FrameSink;
import dev.swarmlens.samples.wire.Point;
import dev.swarmlens.samples.wire.Recorder;
import dev.swarmlens.samples.wire.Vantage;
import dev.swarmlens.samples.wire.Wire;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Generates what a scenario says. Same scenario, same bytes.
 *
 * <pre>{@code
 * new Generator(ScenarioReader.read(Path.of("quiet.yaml"))).run(new CapturePerPoint(folder, "pcap"), Optional.of(folder), Limits.NONE)
 * }</pre>
 */
public final class Generator {
    private final Scenario scenario;
    private final Swarm swarm;

    /**
     * Lays out a scenario's swarm.
     *
     * @throws IllegalArgumentException if a subnet has too few addresses
     */
    public Generator(Scenario scenario) {
        this.scenario = scenario;
        this.swarm = Swarm.of(scenario);
    }

    /** The swarm. */
    public Swarm swarm() {
        return swarm;
    }

    /**
     * What was generated.
     *
     * @param packets frames over all points
     * @param bytes their bytes
     */
    public record Totals(long packets, long bytes) {}

    /**
     * Generates all that the scenario says.
     *
     * @param output closed at the end
     * @param truth the folder that gets {@code truth.json} and {@code inventory/}
     * @throws IOException if something cannot be written
     */
    public Totals run(Output output, Optional<Path> truth, Limits limits) throws IOException {
        return run(output, truth, limits, () -> false);
    }

    /**
     * Generates until somebody has had enough.
     *
     *
     * @param output closed at the end
     * @param truth the folder that gets {@code truth.json} and {@code inventory/}
     * @param stop asked again and again whether to end at once
     * @throws IOException if something cannot be written
     */
    public Totals run(Output output, Optional<Path> truth, Limits limits, BooleanSupplier stop) throws IOException {
        SplittableRandom random = new SplittableRandom(scenario.seed() ^ 0x5eed);
        Faults faults = new Faults(scenario, swarm);
        Vantage vantage = new Vantage(swarm, faults.capture(scenario));
        Wire wire = new Wire(swarm, vantage, faults.disturbances(), random.split());
        if (truth.isPresent()) {
            Files.createDirectories(truth.get());
            new Inventory(swarm, scenario.start()).write(truth.get().resolve("inventory"));
        }
        try (output;
                Truth ledger = new Truth(scenario, swarm, file(truth))) {
            output.begin(vantage.points());
            Counter counter = new Counter(output, ledger, vantage.points());
            long start = scenario.startNanos();
            long end = limits.nanos() == Long.MAX_VALUE ? Long.MAX_VALUE : start + limits.nanos();
            Stage stage = new Stage(
                    end,
                    recorder -> recorder.packets() >= limits.packets() || recorder.bytes() >= limits.bytes(),
                    stop);
            new Conversations(swarm, vantage, wire, faults, ledger, random.split())
                    .enter(scenario, stage, limits.isEndless());
            faults.enter(stage, wire, vantage);
            Recorder recorder = stage.play(wire, counter);
            ledger.finish(wire.claims(), counter.frames());
            if (truth.isPresent() && swarm.networks().stream().anyMatch(network -> network.encrypted())) {
                Files.writeString(
                        truth.get().resolve("xfrm-state.txt"),
                        wire.ipsec()
                                .states(swarm.nodes().stream()
                                        .map(node -> node.address())
                                        .toList()));
            }
            return new Totals(recorder.packets(), recorder.bytes());
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private static OutputStream file(Optional<Path> truth) throws IOException {
        return truth.isEmpty()
                ? OutputStream.nullOutputStream()
                : new BufferedOutputStream(Files.newOutputStream(truth.get().resolve("truth.json")));
    }

    /** Counts what passes, and notes which frames show faults. */
    private static final class Counter implements FrameSink {
        private final Output output;
        private final Truth truth;
        private final List<Point> points;
        private final long[] frames;

        Counter(Output output, Truth truth, List<Point> points) {
            this.output = output;
            this.truth = truth;
            this.points = points;
            this.frames = new long[points.size()];
        }

        @Override
        public void accept(Point point, long nanos, byte[] frame, int length, int fault) throws IOException {
            output.accept(point, nanos, frame, length, fault);
            frames[point.index()]++;
            if (fault >= 0) {
                truth.show(fault, point, frames[point.index()]);
            }
        }

        Map<Point, Long> frames() {
            Map<Point, Long> all = new LinkedHashMap<>();
            points.forEach(point -> all.put(point, frames[point.index()]));
            return all;
        }
    }
}
