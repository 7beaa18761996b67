package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.packets.PacketLine;
import dev.swarmlens.analyzer.packets.TimeText;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.InterfaceStatistics;
import dev.swarmlens.capture.live.LiveCapture;
import dev.swarmlens.capture.live.LiveException;
import dev.swarmlens.capture.live.LiveStream;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code capture}: record from interfaces, or print what passes. */
final class CaptureCommand implements Command {
    private static final String WRITE = "write";
    private static final String COUNT = "count";
    private static final String RING = "ring-buffer";

    @Override
    public String name() {
        return "capture";
    }

    @Override
    public String summary() {
        return "record from interfaces to a file, or print what passes";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "swarmlens capture -i eth0 -f 'udp port 4789' -a duration:60 -w manager.pcapng",
                "swarmlens capture -i eth0 -i docker_gwbridge -b filesize:100000 -b files:10 -w ring.pcapng.zst",
                "swarmlens capture -i eth0 --netns /var/run/docker/netns/ingress_sbox",
                "swarmlens capture -i eth0 -w - | swarmlens analyze -");
    }

    @Override
    public Options options() {
        Options options = new Options().addOption(CommonOptions.flag("h", "help", "print this help"));
        for (Option option : LiveArguments.options().getOptions()) {
            options.addOption(option);
        }
        return options.addOption(CommonOptions.value(
                        "w", WRITE, "FILE|-", "write to this file, whose ending says the format and the compression"))
                .addOption(CommonOptions.value("c", COUNT, "N", "stop after N packets"))
                .addOption(CommonOptions.value(
                        "a",
                        LiveArguments.AUTOSTOP,
                        "LIMIT",
                        "stop after duration:SECONDS, filesize:KB, packets:N or files:N; repeatable"))
                .addOption(CommonOptions.value(
                        "b",
                        RING,
                        "LIMIT",
                        "another file after duration:SECONDS, filesize:KB or packets:N; keep files:N; repeatable"));
    }

    @Override
    public ExitCode run(Arguments arguments, Streams streams) throws UsageException, IOException {
        arguments.expectNoOperands();
        Limits stop = Limits.of(arguments, LiveArguments.AUTOSTOP);
        if (arguments.has(COUNT)) {
            stop = stop.withPackets(Math.max(1, arguments.limit(COUNT, 1)));
        }
        FileSeries files = files(arguments, streams);
        try (LiveCapture capture = LiveArguments.open(arguments)) {
            return files == null
                    ? print(capture, stop, streams)
                    : record(capture, files, stop, Limits.of(arguments, RING), streams);
        } catch (LiveException failed) {
            return streams.fail(failed);
        }
    }

    /** What to write; null if nothing. */
    private static FileSeries files(Arguments arguments, Streams streams) throws UsageException, IOException {
        Limits each = Limits.of(arguments, RING);
        String target = arguments.value(WRITE, null);
        if (arguments.has(RING)) {
            if (target == null || target.equals("-")) {
                throw new UsageException("option --" + RING + " needs a file's name, with -w");
            }
            if (!each.endFiles()) {
                throw new UsageException(
                        "option --" + RING + " must say when a file is full: add -b filesize:KILOBYTES,"
                                + " duration:SECONDS or packets:N");
            }
            return FileSeries.of(Input.path(target), each.files());
        }
        if (target == null) {
            return null;
        }
        return target.equals("-") ? FileSeries.of(new Told(streams.out())) : FileSeries.of(Input.path(target));
    }

    /** The standard output, which tells whoever writes that nobody reads any more. */
    private static final class Told extends FilterOutputStream {
        private final PrintStream printer;

        Told(PrintStream printer) {
            super(printer);
            this.printer = printer;
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            printer.write(bytes, start, length);
            if (printer.checkError()) {
                throw new IOException(Output.CLOSED_PIPE);
            }
        }

        @Override
        public void close() {
            printer.flush();
        }
    }

    private static ExitCode record(LiveCapture capture, FileSeries files, Limits stop, Limits each, Streams streams) {
        ExitCode code = ExitCode.FINE;
        try (Recording recording = new Recording(capture, files, stop, each)) {
            streams.say("capturing from " + LiveArguments.names(capture));
            try (Progress progress = new Progress(streams)) {
                while (!recording.isEnough() && !recording.isOver() && !Interruption.isRequested()) {
                    long before = capture.delivered();
                    boolean more = capture.poll(recording);
                    progress.show(capture.delivered());
                    if (more && capture.delivered() == before) {
                        recording.rest();
                        capture.await();
                    }
                }
                if (!recording.isEnough()) {
                    capture.drain(recording);
                }
            } catch (LiveException gone) {
                streams.say(gone.getMessage());
                code = ExitCode.DAMAGED;
            }
            tell(capture, streams);
        } catch (IOException failed) {
            // whoever reads a pipe may have seen enough
            if (!String.valueOf(failed.getMessage()).endsWith(Output.CLOSED_PIPE)) {
                streams.say(failed.getMessage());
                code = ExitCode.NOT_A_CAPTURE;
            }
        }
        return code;
    }

    private static ExitCode print(LiveCapture capture, Limits stop, Streams streams) throws IOException {
        long start = System.nanoTime();
        LiveStream stream = new LiveStream(
                capture,
                frame -> capture.delivered() < stop.packets(),
                () -> Interruption.isRequested()
                        || stop.isOver(start)
                        || streams.out().checkError());
        PacketView view = new PacketView(ProtocolRegistry.standard());
        Frame frame = new Frame();
        streams.say("capturing from " + LiveArguments.names(capture));
        try (CaptureReader reader = CaptureReader.open(stream, "-")) {
            PacketLine line = new PacketLine(TimeText.of("r").orElseThrow(), 0);
            view.beginFile(LiveArguments.names(capture), reader);
            while (reader.next(frame)) {
                view.look(frame);
                streams.out().print(line.of(view) + "\n");
            }
            streams.out().flush();
            return tell(capture, stream, streams);
        }
    }

    /** Says what was counted, and why the stream ended if nobody wanted it to; returns what to tell the shell. */
    static ExitCode tell(LiveCapture capture, LiveStream stream, Streams streams) {
        stream.failure().ifPresent(failure -> streams.say(failure.getMessage()));
        tell(capture, streams);
        return stream.failure().isPresent() ? ExitCode.DAMAGED : ExitCode.FINE;
    }

    /** Says what was counted. */
    private static void tell(LiveCapture capture, Streams streams) {
        List<InterfaceStatistics> statistics = capture.statistics();
        for (int i = 0; i < statistics.size(); i++) {
            InterfaceStatistics counts = statistics.get(i);
            streams.say(String.format(
                    "%s: %s captured, %d received, %d dropped by the kernel, %d dropped by the interface",
                    capture.interfaces().get(i).name().orElseThrow(),
                    Streams.packets(counts.delivered().orElse(0)),
                    counts.received().orElse(0),
                    counts.droppedBySystem().orElse(0),
                    counts.dropped().orElse(0)));
        }
    }
}
