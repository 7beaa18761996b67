package dev.swarmlens.codecs;

import java.util.Arrays;

/**
 * Where the layers of one frame lie: a flat stack, outermost first, filled by a dissection and reused for the next frame.
 *
 * <p>A protocol may stand in it several times, so that the outer and the inner Ethernet of a tunnel both stay. Offsets are
 * indices into {@link #frame()}. A layer's extent is {@code start ≤ payload ≤ end}: the header lies from {@code start} to
 * {@code payload}, what it encloses from there to {@code end}; each layer lies within the one before.
 */
public final class Layers {
    /** How many layers fit; a frame with more is reported as {@link Fault#TOO_DEEP} and its first layers are kept. */
    public static final int CAPACITY = 256;

    private static final int RAW_IPX = 0xffff;

    /** Room to begin with: more than real frames have, so that room is made once at most, for the first deeper one. */
    private static final int USUAL = 32;

    // Of each layer in turn: where it starts, where its payload does, where this ends as captured, and on the wire.
    private static final int START = 0;
    private static final int PAYLOAD = 1;
    private static final int END = 2;
    private static final int WIRE_END = 3;
    private static final int EXTENT = 4;

    private static final Dissection PAYLOAD_ONLY = new Dissection() {
        @Override
        public void dissect(byte[] frame, int start, int end, Layers layers) {
            // nobody knows more of it
        }
    };

    /** No length field has narrowed the frame. */
    private static final int NOWHERE = -1;

    // References are written only where they change, and frames of a kind follow each other: the garbage collector has
    // to
    // be told of each such write, which costs more than all the numbers of a layer.
    private Protocol[] protocols = new Protocol[USUAL];
    private String[] limits = new String[USUAL + 1];
    private int[] extents = new int[EXTENT * USUAL];
    private int count;
    private int limitAt;
    private int quotedFrom;
    private int fragmentFrom;
    private int fragmentEnd;
    private int goesOnFrom;

    private byte[] frame = new byte[0];
    private int frameStart;
    private int frameEnd;
    private int wireEnd;
    private boolean fragment;
    private ProtocolRegistry registry = ProtocolRegistry.EMPTY;

    private Protocol incomplete;
    private int incompleteStart;
    private int incompleteEnd;

    private Fault fault;
    private String faultProtocol = "";
    private int faultOffset;
    private int faultRequired;
    private int faultAvailable;
    private String faultLimit = "";

    /** An empty stack. */
    public Layers() {}

    /** Forgets everything and begins a frame. */
    void begin(byte[] newFrame, int start, int end, int newWireEnd, ProtocolRegistry newRegistry) {
        if (frame != newFrame) {
            frame = newFrame;
        }
        if (registry != newRegistry) {
            registry = newRegistry;
        }
        frameStart = start;
        frameEnd = end;
        wireEnd = newWireEnd;
        count = 0;
        limitAt = NOWHERE;
        quotedFrom = CAPACITY;
        fragmentFrom = CAPACITY;
        fragmentEnd = CAPACITY;
        goesOnFrom = CAPACITY;
        fragment = false;
        fault = null;
        incomplete = null;
    }

    /** Goes on in a copy of the frame, which begins at the array's first byte, within the innermost layer, which ends anew. */
    void goOnIn(byte[] copy, int newWireEnd, int layerEnd) {
        for (int i = 0; i < count * EXTENT; i++) {
            extents[i] -= frameStart;
        }
        frame = copy;
        frameEnd -= frameStart;
        frameStart = 0;
        wireEnd = newWireEnd;
        extents[EXTENT * (count - 1) + END] = layerEnd;
        extents[EXTENT * (count - 1) + WIRE_END] = layerEnd;
    }

    // ---- for protocols

    /**
     * Adds a layer.
     *
     * @param start where its header begins
     * @param payload where its header ends
     * @param end where the captured bytes that it encloses end
     * @return whether there was room; if not, the fault is recorded and the protocol shall not go on
     */
    public boolean push(Protocol protocol, int start, int payload, int end) {
        if (count == protocols.length) {
            if (count == CAPACITY) {
                fault(Fault.TOO_DEEP, protocol, start, CAPACITY + 1, CAPACITY);
                return false;
            }
            makeRoom();
        }
        if (protocols[count] != protocol) {
            protocols[count] = protocol;
        }
        int extent = EXTENT * count;
        extents[extent + START] = start;
        extents[extent + PAYLOAD] = payload;
        extents[extent + END] = end;
        extents[extent + WIRE_END] = wireEnd;
        count++;
        return true;
    }

    private void makeRoom() {
        protocols = Arrays.copyOf(protocols, CAPACITY);
        limits = Arrays.copyOf(limits, CAPACITY + 1);
        extents = Arrays.copyOf(extents, EXTENT * CAPACITY);
    }

    /**
     * Narrows what follows to what a length field says, and returns where the captured part of it ends. A field that
     * claims more than the enclosing layer has is a fault, and the enclosing end stays.
     *
     * @param protocol whose length field it is
     * @param start where that protocol's header begins
     * @param length what the field says, in bytes from {@code start} on
     * @param field the field's name, for messages
     * @return the end of the captured bytes
     */
    public int narrow(Protocol protocol, int start, int length, String field) {
        int claimedEnd = start + length;
        if (claimedEnd > wireEnd) {
            if (!fragment) {
                fault(Fault.LENGTH_EXCEEDS, protocol, start, length, wireEnd - start);
            }
        } else {
            wireEnd = claimedEnd;
            limitBy(field);
        }
        return Math.min(ends(), wireEnd);
    }

    @SuppressWarnings("ReferenceEquality") // a name is a constant; the same one in another object is written anew
    private void limitBy(String field) {
        limitAt = count;
        if (limits[count] != field) {
            limits[count] = field;
        }
    }

    private int ends() {
        return count == 0 ? frameEnd : end(count - 1);
    }

    /** Says that what follows is the beginning of a fragmented datagram, whose length fields speak of the whole. */
    public void beginFragment() {
        fragment = true;
        fragmentFrom = Math.min(fragmentFrom, count);
        fragmentEnd = CAPACITY;
    }

    /**
     * Says that what follows is a datagram that is no fragment itself, though it may lie in the beginning of a fragmented one.
     *
     * @param end where it ends by its own length, which is beyond the fragment if it goes on in another
     */
    public void beginDatagram(int end) {
        if (fragmentFrom < CAPACITY) {
            fragmentEnd = Math.min(fragmentEnd, count);
            if (end > wireEnd) {
                goesOnFrom = Math.min(goesOnFrom, count);
            } else {
                fragment = quotedFrom < count;
            }
        }
    }

    /** Says that what follows is only quoted, as in ICMP errors: cut at will, and not sent by the frame's sender. */
    public void beginQuote() {
        quotedFrom = Math.min(quotedFrom, count);
        fragment = true;
    }

    /**
     * Who dissects what a header encloses: the protocol bound to a code, or nobody, so that the rest is payload. It is not
     * done here, since a call at a protocol's own place is a fast one: there, mostly the same protocols follow.
     *
     * @param binding the kind of the code
     * @param code the code found in the header
     * @param start where the next header begins
     * @param end where the captured bytes for it end
     */
    public Dissection next(Binding binding, int code, int start, int end) {
        Protocol next = registry.find(binding, code, frame, start, end);
        return next == null ? PAYLOAD_ONLY : next;
    }

    /**
     * Who dissects what follows a length in the place of an EtherType: IEEE 802.2, unless it begins with the ones in which
     * Novell's raw IPX frames begin, which are payload.
     *
     * @param start where the next header begins
     * @param end where the captured bytes for it end
     */
    public Dissection nextAfterLength(int start, int end) {
        boolean rawIpx = start + 2 <= end && BigEndian.u16(frame, start) == RAW_IPX;
        return rawIpx ? PAYLOAD_ONLY : next(Binding.IEEE_802_2, 0, start, end);
    }

    /**
     * Records that a header needs more bytes than there are, and why there are no more: the capture kept less, the rest is
     * in another fragment, or a length field says so.
     *
     * @param protocol whose header it is
     * @param start where the header begins
     * @param required how many bytes it needs
     * @param end where the captured bytes end
     */
    public void tooShort(Protocol protocol, int start, int required, int end) {
        Fault kind = start + required <= wireEnd
                ? Fault.CUT_BY_CAPTURE
                : fragment ? Fault.IN_NEXT_FRAGMENT : Fault.TOO_SHORT;
        fault(kind, protocol, start, required, end - start);
        begins(protocol, start, end);
    }

    /**
     * Records that a length field of a header is smaller than the header, so that nothing behind this field can be believed.
     * The header is no layer then, but what stands before can be read, see {@link #incomplete}.
     *
     * @param protocol whose header it is
     * @param start where the header begins
     * @param required how long the header is at least
     * @param said what its length field says
     * @param credible how many bytes of the header can be believed, the length field included
     */
    public void contradicts(Protocol protocol, int start, int required, int said, int credible) {
        fault(Fault.BAD_LENGTH, protocol, start, required, said);
        begins(protocol, start, start + credible);
    }

    /**
     * Records that of a header only the beginning is there or can be believed.
     *
     * @param end where this beginning ends
     */
    public void begins(Protocol protocol, int start, int end) {
        incomplete = protocol;
        incompleteStart = start;
        incompleteEnd = end;
    }

    /**
     * Records a fault; only the first of a frame is kept.
     *
     * @param kind what is wrong
     * @param protocol whose header it is
     * @param offset where the header begins, as an index into the array
     * @param required how many bytes were needed from there
     * @param available how many there were
     */
    public void fault(Fault kind, Protocol protocol, int offset, int required, int available) {
        if (fault == null) {
            fault = kind;
            faultProtocol = protocol.name();
            faultOffset = offset - frameStart;
            faultRequired = required;
            faultAvailable = available;
            faultLimit = kind == Fault.CUT_BY_CAPTURE ? "capture" : limit();
        }
    }

    /** The innermost length field that has narrowed the frame, or the frame. */
    private String limit() {
        return limitAt == NOWHERE ? "frame" : limits[limitAt];
    }

    // ---- for readers

    /** The array that holds the frame. */
    public byte[] frame() {
        return frame;
    }

    /** Index of the frame's first byte in the array. */
    public int frameStart() {
        return frameStart;
    }

    /** Index after the frame's last captured byte in the array. */
    public int frameEnd() {
        return frameEnd;
    }

    /** How many layers there are. */
    public int count() {
        return count;
    }

    /** How many layers there are that the frame's sender sent as such: those quoted in an ICMP error are not counted. */
    public int sentCount() {
        return Math.min(count, quotedFrom);
    }

    /**
     * Whether a layer is only quoted in an ICMP error.
     *
     * @param index the layer's index; {@link #count} for an incomplete header
     */
    public boolean isQuoted(int index) {
        return index >= quotedFrom;
    }

    /** The protocol of a layer; 0 is the outermost. */
    public Protocol protocol(int index) {
        return protocols[index];
    }

    /** Where a layer's header begins. */
    public int start(int index) {
        return extents[EXTENT * index + START];
    }

    /** Where a layer's header ends and what it encloses begins. */
    public int payload(int index) {
        return extents[EXTENT * index + PAYLOAD];
    }

    /** Where the captured bytes that a layer encloses end. */
    public int end(int index) {
        return extents[EXTENT * index + END];
    }

    /**
     * Where the bytes of the innermost layer end on the wire, by its length fields; beyond {@link #end} of the innermost
     * layer if the capture cut the frame.
     */
    public int wireEnd() {
        return wireEnd;
    }

    /** Where what a layer encloses ends on the wire, by the length fields up to it. */
    public int wireEnd(int index) {
        return extents[EXTENT * index + WIRE_END];
    }

    /** Whether a layer is the beginning of a fragmented datagram or lies in one, and in no datagram of its own in there. */
    public boolean isFragment(int index) {
        return index >= fragmentFrom && index < fragmentEnd;
    }

    /** Whether a layer lies in a datagram that by its own length goes on in another fragment of the one around it. */
    public boolean goesOn(int index) {
        return index >= goesOnFrom;
    }

    /** Where the innermost layer's payload begins, or the frame if there is no layer. */
    public int payloadStart() {
        return count == 0 ? frameStart : payload(count - 1);
    }

    /** Where the captured part of the innermost layer's payload ends. */
    public int payloadEnd() {
        return ends();
    }

    /** The index of the innermost layer of a protocol, or −1. */
    public int lastIndexOf(Protocol protocol) {
        for (int i = count - 1; i >= 0; i--) {
            if (protocols[i] == protocol) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The nearest network-layer protocol around a layer.
     *
     * @param index the layer's index; {@link #count} for what comes next
     * @return {@code null} if there is none
     */
    public NetworkProtocol networkAround(int index) {
        for (int i = index - 1; i >= 0; i--) {
            if (protocols[i] instanceof NetworkProtocol network) {
                return network;
            }
        }
        return null;
    }

    /** The protocol of which only the beginning of a header is there or credible, after the innermost layer; or {@code null}. */
    public Protocol incomplete() {
        return incomplete;
    }

    /** Where the incomplete header begins. */
    public int incompleteStart() {
        return incompleteStart;
    }

    /** Where what is there of the incomplete header, or credible, ends. */
    public int incompleteEnd() {
        return incompleteEnd;
    }

    /** Whether something is wrong. */
    public boolean hasFault() {
        return fault != null;
    }

    /** What is wrong, or {@code null}. */
    public Fault fault() {
        return fault;
    }

    /** In which protocol's header something is wrong; empty if nothing is. */
    public String faultProtocol() {
        return fault == null ? "" : faultProtocol;
    }

    /**
     * What is wrong, with its numbers, as a value.
     *
     * @return the first problem, or {@code null} if there is none
     */
    public Problem problem() {
        return fault == null
                ? null
                : new Problem(fault, faultProtocol, faultOffset, faultRequired, faultAvailable, faultLimit);
    }
}
