package dev.swarmlens.analyzer.fields;

import dev.swarmlens.analyzer.esp.OpeningDissector;
import dev.swarmlens.analyzer.esp.XfrmState;
import dev.swarmlens.capture.CaptureFormat;
import dev.swarmlens.capture.CaptureInterface;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.TimeResolution;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One dissected packet with a view for each of its layers; reused from packet to packet. */
public final class PacketView {
    private final OpeningDissector dissector;
    private final Layers layers;
    private final Map<Protocol, View> views = new HashMap<>();
    private View incomplete;
    private String point = "";
    private boolean hasInterfaces;
    private CaptureReader reader;
    private List<CaptureInterface> interfaces = List.of();
    private Frame frame = new Frame();
    private long firstTime = Frame.NO_TIME;
    private long previousTime = Frame.NO_TIME;
    private long lastTime = Frame.NO_TIME;

    /**
     * A view of nothing.
     *
     * @param registry which protocol follows which
     */
    public PacketView(ProtocolRegistry registry) {
        this(registry, XfrmState.NONE);
    }

    /**
     * A view of nothing.
     *
     * @param registry which protocol follows which
     * @param keys what opens ESP
     */
    public PacketView(ProtocolRegistry registry, XfrmState keys) {
        this(new OpeningDissector(registry, keys), new Layers());
    }

    /**
     * A view of nothing yet.
     *
     * @param dissector takes packets apart
     * @param layers receives the packets' layers
     */
    public PacketView(OpeningDissector dissector, Layers layers) {
        this.dissector = dissector;
        this.layers = layers;
    }

    /**
     * Begins another file: times are relative to its first packet from now on.
     *
     * @param newPoint where its packets were captured
     * @param newReader the file, which is asked for its interfaces
     */
    public void beginFile(String newPoint, CaptureReader newReader) {
        point = newPoint;
        reader = newReader;
        interfaces = List.of();
        hasInterfaces = reader.format().kind() == CaptureFormat.Kind.PCAPNG;
        firstTime = Frame.NO_TIME;
        frame = new Frame();
    }

    /** Takes the next packet of the file apart and looks at it. */
    public void look(Frame newFrame) {
        dissector.dissect(newFrame, layers);
        show(newFrame);
    }

    /** Looks at the next packet of the file, whose layers have been dissected already. */
    public void show(Frame newFrame) {
        previousTime = firstTime == Frame.NO_TIME ? Frame.NO_TIME : lastTime;
        frame = newFrame;
        lastTime = frame.timeNanos();
        if (firstTime == Frame.NO_TIME) {
            firstTime = frame.timeNanos();
        }
        incomplete = null;
    }

    /** Where the packet was captured. */
    public String point() {
        return point;
    }

    /** Whether the file tells interfaces apart. */
    public boolean hasInterfaces() {
        return hasInterfaces;
    }

    /** The interface that the packet was captured on. */
    public CaptureInterface captureInterface() {
        if (frame.interfaceIndex() >= interfaces.size()) {
            interfaces = reader.interfaces();
        }
        return interfaces.get(frame.interfaceIndex());
    }

    /** How many digits after the point of seconds the file tells apart, 0 to 9. */
    public int timeDigits() {
        TimeResolution resolution = captureInterface().timeResolution();
        double digits = resolution.exponent() * Math.log10(resolution.base());
        return (int) Math.min(Math.ceil(digits), Seconds.NANO_DIGITS);
    }

    /** The packet as it was captured. */
    public Frame frame() {
        return frame;
    }

    /** Whether the packet is one of ESP that the keys for it did not open. */
    public boolean hasRefused() {
        return dissector.hasRefused();
    }

    /** Where its layers lie. */
    public Layers layers() {
        return layers;
    }

    /** Nanoseconds since the file's first packet, or {@link Frame#NO_TIME}. */
    public long relativeTime() {
        return frame.hasTime() && firstTime != Frame.NO_TIME ? frame.timeNanos() - firstTime : Frame.NO_TIME;
    }

    /** Nanoseconds since the packet before, or {@link Frame#NO_TIME}. */
    public long deltaTime() {
        if (!frame.hasTime()) {
            return Frame.NO_TIME;
        }
        return previousTime == Frame.NO_TIME ? 0 : frame.timeNanos() - previousTime;
    }

    /**
     * A view on the header of which only the beginning is there; what it reads beyond throws
     * {@link IndexOutOfBoundsException}.
     *
     * @return {@code null} if no header is incomplete
     */
    public View incompleteView() {
        if (incomplete == null && layers.incomplete() != null) {
            incomplete = layers.incomplete().newView();
            incomplete.wrapIncomplete(layers);
        }
        return incomplete;
    }

    /** A view on a layer, good until the next call for a layer of the same protocol. */
    public View view(int layer) {
        View view = views.computeIfAbsent(layers.protocol(layer), Protocol::newView);
        view.wrap(layers, layer);
        return view;
    }
}
