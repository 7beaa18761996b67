package dev.swarmlens.analyzer;

import dev.swarmlens.analyzer.esp.OpeningDissector;
import dev.swarmlens.analyzer.esp.XfrmState;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.sighting.Lens;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.sighting.SwarmVxlan;
import dev.swarmlens.analyzer.summary.CaptureSummary;
import dev.swarmlens.analyzer.summary.Summary;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * From frames to a summary: the one pass over a capture.
 *
 * <p>Not thread-safe: one a thread, whose summaries then {@linkplain Summary#merge merge}.
 */
public final class Analyzer {
    private final OpeningDissector dissector;
    private final Optional<Predicate<PacketView>> wanted;
    private final BooleanSupplier stop;
    private final Layers layers = new Layers();
    private final PacketView packet;
    private final Lens lens = new Lens();
    private final Frame frame = new Frame();

    /**
     * Makes an analyzer of all packets.
     *
     * @param registry which protocol follows which; a swarm's VXLAN is recognised on other UDP ports than those bound, too
     * @param stop asked at every packet; once true, reading ends and what was read stays
     */
    public Analyzer(ProtocolRegistry registry, BooleanSupplier stop) {
        this(registry, XfrmState.NONE, Optional.empty(), stop);
    }

    /**
     * Makes an analyzer of some packets.
     *
     * @param registry which protocol follows which; a swarm's VXLAN is recognised on other UDP ports than those bound, too
     * @param keys what opens ESP
     * @param wanted which packets are analyzed, the others being read and forgotten; all if empty
     * @param stop asked at every packet; once true, reading ends and what was read stays
     */
    public Analyzer(
            ProtocolRegistry registry, XfrmState keys, Optional<Predicate<PacketView>> wanted, BooleanSupplier stop) {
        this.wanted = wanted;
        this.dissector = new OpeningDissector(SwarmVxlan.addTo(registry), keys);
        this.packet = new PacketView(dissector, layers);
        this.stop = stop;
    }

    /**
     * Reads a capture to its end, or to where it is damaged.
     *
     * @param order the file's place among all
     * @param point which node it was captured on
     * @param name the file's name
     * @param reader the capture, which is left open
     * @param summary receives what is counted
     * @return what was read
     * @throws IOException if reading fails, other than by damage
     */
    public CapturedFile read(int order, String point, String name, CaptureReader reader, Summary summary)
            throws IOException {
        packet.beginFile(point, reader);
        see(reader::next, new Origins(order, point, name, reader::interfaces, summary));
        return new CapturedFile(order, point, name, reader.format(), reader.damage());
    }

    /** Looks at frames one by one. */
    @FunctionalInterface
    public interface Observer {
        /**
         * Looks at a frame; what is given is used again for the next one.
         *
         * @param frame the frame
         * @param layers its layers
         * @param sighting what it means
         */
        void see(Frame frame, Layers layers, Sighting sighting);
    }

    /**
     * Reads a capture to its end, or to where it is damaged, and shows every frame.
     *
     * @param point which node it was captured on
     * @param reader the capture, which is left open
     * @throws IOException if reading fails, other than by damage
     */
    public void read(String point, CaptureReader reader, Observer observer) throws IOException {
        packet.beginFile(point, reader);
        Sighting sighting = new Sighting();
        while (!stop.getAsBoolean() && reader.next(frame)) {
            dissector.dissect(frame, layers);
            if (wanted.isEmpty() || isWanted()) {
                look(sighting);
                observer.see(frame, layers, sighting);
            }
        }
    }

    /** Frames, one after the other; {@code E} is what reading them may throw. */
    @FunctionalInterface
    interface Frames<E extends Exception> {
        /** Moves a frame to the next one; false if there is none. */
        boolean next(Frame frame) throws E;
    }

    /** Counts frames until there are no more. */
    <E extends Exception> void see(Frames<E> frames, Origins origins) throws E {
        while (!stop.getAsBoolean() && frames.next(frame)) {
            dissector.dissect(frame, layers);
            if (wanted.isEmpty() || isWanted()) {
                CaptureSummary summary = origins.at(frame.interfaceIndex());
                look(summary.vacant());
                summary.see(layers, frame.linkType());
            }
        }
    }

    private void look(Sighting sighting) {
        lens.look(layers, frame.timeNanos(), frame.wireLength(), sighting);
        sighting.isEspOpened = dissector.hasOpened();
        sighting.isEspRefused = dissector.hasRefused();
    }

    private boolean isWanted() {
        packet.show(frame);
        return wanted.get().test(packet);
    }
}
