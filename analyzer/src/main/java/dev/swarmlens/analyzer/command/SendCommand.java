package dev.swarmlens.analyzer.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Damage;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.live.LiveException;
import dev.swarmlens.capture.live.LiveSender;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.cli.Options;

/** {@code send}: put a capture's frames on an interface. */
final class SendCommand implements Command {
    private static final String RATE = "rate";
    private static final String SPEED = "speed";
    private static final String AS_FAST = "as-fast";
    private static final String LOOP = "loop";

    @Override
    public String name() {
        return "send";
    }

    @Override
    public String summary() {
        return "put a capture's frames on an interface, with their timing";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "swarmlens send -i eth0 manager.pcap",
                "swarmlens send -i eth0 --rate 1000 --loop 10 manager.pcap",
                "swarmlens send -i eth0 --speed 0.5 -T json manager.pcap worker1.pcap");
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(CommonOptions.flag("h", "help", "print this help"))
                .addOption(
                        CommonOptions.value("r", "read", "FILE", "send this capture, like one named after the options"))
                .addOption(CommonOptions.value("i", LiveArguments.INTERFACE, "INTERFACE", "send to this interface"))
                .addOption(LiveArguments.namespace())
                .addOption(CommonOptions.value(null, SPEED, "FACTOR", "so many times as fast as it was captured"))
                .addOption(CommonOptions.value(null, RATE, "N", "N packets a second"))
                .addOption(CommonOptions.flag(null, AS_FAST, "as fast as possible"))
                .addOption(CommonOptions.value(null, LOOP, "N", "send it all N times"))
                .addOption(CommonOptions.value("T", "format", "text|json", "for people (default) or for scripts"));
    }

    @Override
    public ExitCode run(Arguments arguments, Streams streams) throws UsageException, IOException {
        List<Input> inputs = arguments.inputs();
        String target = arguments.value(LiveArguments.INTERFACE, null);
        if (target == null) {
            throw new UsageException("no interface is named; give one with -i, 'swarmlens interfaces' lists them");
        }
        String format = arguments.choice("format", "text", List.of("text", "json"));
        int loops = arguments.limit(LOOP, 1);
        if (loops > 1 && inputs.stream().anyMatch(Input::isStandardInput)) {
            throw new UsageException("the standard input can be read only once, so it cannot be sent several times");
        }
        Pace pace = pace(arguments);
        ExitCode code = ExitCode.FINE;
        Sent sent;
        try {
            LiveArguments.enterNamespace(arguments);
            try (LiveSender sender = LiveSender.open(target)) {
                sent = new Sent(target, sender, pace);
                for (int i = 0; i < loops && code != ExitCode.NOT_A_CAPTURE && !Interruption.isRequested(); i++) {
                    code = code.or(Input.readAll(inputs, streams, sent));
                }
            }
        } catch (LiveException failed) {
            return streams.fail(failed);
        }
        double seconds = (double) pace.elapsed() / TimeUnit.SECONDS.toNanos(1);
        streams.out().println(format.equals("json") ? sent.toJson(seconds) : sent.toText(seconds));
        if (sent.failed > 0) {
            streams.say(Streams.packets(sent.failed) + " not sent: " + sent.reason);
            code = code.or(ExitCode.NOT_A_CAPTURE);
        }
        return code;
    }

    private static Pace pace(Arguments arguments) throws UsageException {
        if (Stream.of(RATE, SPEED, AS_FAST).filter(arguments::has).count() > 1) {
            throw new UsageException("only one of --rate, --speed and --as-fast can be");
        }
        if (arguments.has(RATE)) {
            return Pace.byRate(positive(arguments, RATE));
        }
        return arguments.has(AS_FAST) ? Pace.asFast() : Pace.byTime(positive(arguments, SPEED));
    }

    private static double positive(Arguments arguments, String option) throws UsageException {
        String value = arguments.value(option, "1");
        try {
            double number = Double.parseDouble(value);
            if (number > 0 && Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new UsageException("option --" + option + " needs a positive number, not " + value);
    }

    /** Sends files, and counts. */
    private static final class Sent implements Input.Reading {
        private final String target;
        private final LiveSender sender;
        private final Pace pace;
        private final Frame frame = new Frame();
        private long packets;
        private long bytes;
        private long cut;
        private long failed;
        private String reason;

        Sent(String target, LiveSender sender, Pace pace) {
            this.target = target;
            this.sender = sender;
            this.pace = pace;
        }

        @Override
        public Optional<Damage> read(Input input, CaptureReader reader) throws IOException {
            pace.beginFile();
            while (!Interruption.isRequested() && reader.next(frame)) {
                pace.await(frame);
                if (!Interruption.isRequested()) {
                    send();
                    pace.sent();
                }
            }
            return reader.damage();
        }

        private void send() {
            if (!frame.linkType().equals(sender.linkType())) {
                fail("they are " + frame.linkType() + ", and " + target + " takes " + sender.linkType());
                return;
            }
            try {
                sender.send(frame.bytes(), frame.start(), frame.end());
                packets++;
                bytes += frame.capturedLength();
                if (frame.capturedLength() < frame.wireLength()) {
                    cut++;
                }
            } catch (LiveException refused) {
                fail(refused.getMessage());
            }
        }

        private void fail(String why) {
            failed++;
            if (reason == null) {
                reason = why;
            }
        }

        private double rate(double seconds) {
            return seconds > 0 ? packets / seconds : 0;
        }

        String toText(double seconds) {
            return String.format(
                    Locale.ROOT,
                    "%s, %d bytes sent to %s in %.3f s: %.0f packets/s, %.3f Mbit/s; %d cut by the snap length, %d failed",
                    Streams.packets(packets),
                    bytes,
                    target,
                    seconds,
                    rate(seconds),
                    seconds > 0 ? bytes * Byte.SIZE / seconds / 1e6 : 0,
                    cut,
                    failed);
        }

        String toJson(double seconds) {
            ObjectNode json = new ObjectMapper().createObjectNode();
            json.put("interface", target);
            json.put("packets", packets);
            json.put("bytes", bytes);
            json.put("cut", cut);
            json.put("failed", failed);
            json.put("seconds", seconds);
            return json.toPrettyString();
        }
    }
}
