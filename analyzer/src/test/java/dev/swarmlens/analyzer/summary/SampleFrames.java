package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Lens;
import dev.swarmlens.analyzer.sighting.SwarmVxlan;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.Dissector;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The frames of a capture, kept, and summarised as the analyzer does it. */
final class SampleFrames {

    private final Dissector dissector = new Dissector(SwarmVxlan.addTo(ProtocolRegistry.standard()));
    private final Layers layers = new Layers();
    private final Lens lens = new Lens();
    private final List<Frame> frames = new ArrayList<>();

    static SampleFrames of(Path capture) {
        SampleFrames kept = new SampleFrames();
        Frame frame = new Frame();
        try (CaptureReader reader = CaptureReader.open(capture)) {
            while (reader.next(frame)) {
                byte[] bytes = Arrays.copyOfRange(frame.bytes(), frame.start(), frame.end());
                Frame copy = new Frame();
                copy.set(bytes, 0, bytes.length, frame.wireLength(), frame.linkType());
                copy.setTime(frame.timeNanos());
                kept.frames.add(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kept;
    }

    CaptureSummary summarise(Cut cut) {
        return cut.apply(frames, this::summarise, SampleFrames::join);
    }

    CaptureSummary summarise() {
        return summarise(frames);
    }

    static CaptureSummary join(CaptureSummary earlier, CaptureSummary later) {
        earlier.absorb(later);
        return earlier;
    }

    private CaptureSummary summarise(List<Frame> part) {
        CaptureSummary summary = new CaptureSummary(Summary.MAX_FLOWS);
        for (Frame frame : part) {
            int wireLength = frame.wireLength();
            dissector.dissect(
                    frame.bytes(),
                    frame.start(),
                    frame.end(),
                    wireLength,
                    frame.linkType().code(),
                    layers);
            lens.look(layers, frame.timeNanos(), wireLength, summary.vacant());
            summary.see(layers, frame.linkType());
        }
        return summary;
    }
}
