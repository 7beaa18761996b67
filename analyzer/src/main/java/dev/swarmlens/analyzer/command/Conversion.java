package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.convert.Anonymizer;
import dev.swarmlens.analyzer.convert.Decapsulation;
import dev.swarmlens.analyzer.convert.MergedCaptures;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.capture.CaptureFormat;
import dev.swarmlens.capture.CaptureInterface;
import dev.swarmlens.capture.CaptureOutput;
import dev.swarmlens.capture.CapturePoint;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.CaptureWriter;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.OutputFormat;
import dev.swarmlens.capture.PacketOptions;
import dev.swarmlens.capture.TimeResolution;
import dev.swarmlens.codecs.LinkType;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What is done to the packets on their way. */
final class Conversion {
    /** Stands for the frames of all networks. */
    static final int ANY_VNI = -1;

    private static final int NANOS_PER_MICROSECOND = 1000;

    /** An interface that is read. */
    private record Outer(int source, int index) {}

    /** An overlay network that is read; its frames may begin with different headers. */
    private record Inner(int source, int vni, LinkType linkType) {}

    /** A capture that is read. */
    static final class Source implements Closeable {
        private final Input input;
        private final CaptureReader reader;
        private final PacketView packet;
        private List<CaptureInterface> interfaces = List.of();

        Source(Input input, CaptureReader reader, PacketView packet) {
            this.input = input;
            this.reader = reader;
            this.packet = packet;
            packet.beginFile(input.point(), reader);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }

        List<CaptureInterface> interfacesUpTo(int index) {
            if (index >= interfaces.size()) {
                interfaces = reader.interfaces();
            }
            return interfaces;
        }
    }

    private final Predicate<PacketView> wanted;
    private final long after;
    private final long before;
    private final int limit;
    private final boolean decapsulate;
    private final int vni;
    private final Optional<Anonymizer> anonymizer;

    private final Decapsulation decapsulation = new Decapsulation();
    private final Map<Outer, Integer> numbers = new HashMap<>();
    private final Map<Inner, Integer> innerNumbers = new HashMap<>();
    private List<Source> sources = List.of();
    private OutputFormat format = OutputFormat.PCAPNG;
    private boolean timesWereCut;
    private long refused;

    Conversion(
            Predicate<PacketView> wanted,
            long after,
            long before,
            int limit,
            boolean decapsulate,
            int vni,
            Optional<Anonymizer> anonymizer) {
        this.wanted = wanted;
        this.after = after;
        this.before = before;
        this.limit = limit;
        this.decapsulate = decapsulate;
        this.vni = vni;
        this.anonymizer = anonymizer;
    }

    ExitCode convert(List<Source> from, String target, Optional<OutputFormat> named, Streams streams) {
        sources = from;
        try {
            MergedCaptures merged = new MergedCaptures(
                    sources.stream().map(source -> source.reader).toList());
            format = named.isPresent() ? named.get() : formatOf(target, merged);
            try (CaptureWriter writer = output(target, streams).open()) {
                for (int read = 0; read < limit && !Interruption.isRequested() && merged.next(); read++) {
                    convert(merged, writer);
                }
                finish(writer);
            }
        } catch (IOException problem) {
            streams.say(problem.getMessage());
            return ExitCode.NOT_A_CAPTURE;
        }
        if (timesWereCut) {
            streams.say(target + " has times in microseconds, of more precise ones; -F nsecpcap keeps nanoseconds");
        }
        ExitCode code = ExitCode.FINE;
        for (Source source : sources) {
            if (source.reader.damage().isPresent()) {
                streams.say(source.input.file() + ": "
                        + source.reader.damage().get().message());
                code = code.or(ExitCode.DAMAGED);
            }
        }
        return code;
    }

    /** How many packets of ESP the keys for them did not open. */
    long refused() {
        return refused;
    }

    /** By the name; but pcap with nanoseconds, if there are any to be kept. */
    private OutputFormat formatOf(String target, MergedCaptures merged) {
        OutputFormat byName = OutputFormat.ofName(target);
        boolean fromNanoseconds = merged.beginsWithNanoseconds()
                || sources.stream()
                        .anyMatch(source -> source.reader.format().kind() == CaptureFormat.Kind.PCAP
                                && source.interfacesUpTo(0)
                                        .get(0)
                                        .timeResolution()
                                        .equals(TimeResolution.NANOSECONDS));
        return byName == OutputFormat.PCAP && fromNanoseconds ? OutputFormat.PCAP_NANOSECONDS : byName;
    }

    private CaptureOutput output(String target, Streams streams) throws IOException {
        CaptureOutput output =
                target.equals("-") ? CaptureOutput.to(streams.out(), target) : CaptureOutput.to(Input.path(target));
        output.format(format).application("swarmlens");
        if (sources.size() == 1 && anonymizer.isEmpty()) {
            sources.get(0).reader.sections().stream().limit(1).forEach(output::like);
        }
        return output;
    }

    private void convert(MergedCaptures merged, CaptureWriter writer) throws IOException {
        Source source = sources.get(merged.source());
        Frame frame = merged.frame();
        source.packet.look(frame);
        refused += source.packet.hasRefused() ? 1 : 0;
        if (frame.hasTime() && (frame.timeNanos() < after || frame.timeNanos() >= before)
                || !wanted.test(source.packet)) {
            return;
        }
        timesWereCut |= format == OutputFormat.PCAP && frame.timeNanos() % NANOS_PER_MICROSECOND != 0;
        if (!decapsulate) {
            int number = number(merged.source(), frame, writer);
            if (anonymizer.isPresent()) {
                writer.write(number, anonymizer.get().of(frame), PacketOptions.NONE);
            } else {
                writer.write(number, frame);
            }
        } else if (decapsulation.look(source.packet) && (vni == ANY_VNI || vni == decapsulation.vni())) {
            Frame inner = decapsulation.inner();
            int number = innerNumber(merged.source(), inner, writer);
            writer.write(number, anonymizer.isPresent() ? anonymizer.get().of(inner) : inner, PacketOptions.NONE);
        }
    }

    /** The number of an interface of a file in the file that is written; in pcapng all keep their order. */
    private int number(int source, Frame frame, CaptureWriter writer) throws IOException {
        Outer origin = new Outer(source, frame.interfaceIndex());
        Integer number = numbers.get(origin);
        if (number == null) {
            List<CaptureInterface> all = sources.get(source).interfacesUpTo(frame.interfaceIndex());
            for (int i = format == OutputFormat.PCAPNG ? 0 : frame.interfaceIndex(); i < all.size(); i++) {
                addInterface(source, i, all.get(i), writer);
                if (format != OutputFormat.PCAPNG) {
                    break;
                }
            }
            number = numbers.get(origin);
        }
        return number;
    }

    private void addInterface(int source, int index, CaptureInterface description, CaptureWriter writer)
            throws IOException {
        Outer origin = new Outer(source, index);
        if (!numbers.containsKey(origin)) {
            numbers.put(origin, writer.add(written(source, description)));
        }
    }

    /** How an interface is described: of several captures by its point, and anonymized by nothing else. */
    private CaptureInterface written(int source, CaptureInterface description) {
        CaptureInterface.Builder written = anonymizer.isPresent()
                ? CaptureInterface.of(description.linkType()).snapLength(description.snapLength())
                : description.toBuilder();
        String point = sources.get(source).input.point();
        if (sources.size() > 1) {
            Optional<String> name = anonymizer.isPresent() ? Optional.empty() : description.name();
            written.name(new CapturePoint(point, name.orElse(null)).toString());
        }
        return written.build();
    }

    private int innerNumber(int source, Frame inner, CaptureWriter writer) throws IOException {
        Inner origin = new Inner(source, decapsulation.vni(), inner.linkType());
        Integer number = innerNumbers.get(origin);
        if (number == null) {
            String name = "vni" + decapsulation.vni();
            number = writer.add(CaptureInterface.of(inner.linkType())
                    .name(sources.size() == 1 ? name : sources.get(source).input.point() + "/" + name)
                    .build());
            innerNumbers.put(origin, number);
        }
        return number;
    }

    /** Adds the interfaces without packets, and what interfaces counted. */
    private void finish(CaptureWriter writer) throws IOException {
        for (int source = 0; source < sources.size() && format == OutputFormat.PCAPNG && !decapsulate; source++) {
            List<CaptureInterface> all = sources.get(source).reader.interfaces();
            for (int i = 0; i < all.size(); i++) {
                addInterface(source, i, all.get(i), writer);
                int number = numbers.get(new Outer(source, i));
                all.get(i).statistics().ifPresent(counts -> writer.count(number, counts));
            }
        }
    }
}
