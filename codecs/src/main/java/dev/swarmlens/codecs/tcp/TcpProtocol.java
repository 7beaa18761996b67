package dev.swarmlens.codecs.tcp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;
import java.util.function.ToLongFunction;

/** TCP: what it carries is payload. */
public final class TcpProtocol extends Protocol {
    /** The one instance. */
    public static final TcpProtocol INSTANCE = new TcpProtocol();

    private TcpProtocol() {}

    @Override
    public String name() {
        return "tcp";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        if (start + Tcp.MIN_LENGTH > end) {
            layers.tooShort(this, start, Tcp.MIN_LENGTH, end);
            return;
        }
        int headerLength = (BigEndian.u16(frame, start + Tcp.OFFSET_AND_FLAGS) >>> Tcp.OFFSET_SHIFT) * Tcp.WORD;
        if (headerLength < Tcp.MIN_LENGTH) {
            layers.contradicts(this, start, Tcp.MIN_LENGTH, headerLength, Tcp.MIN_LENGTH);
            return;
        }
        int payload = start + headerLength;
        if (payload > end) {
            layers.tooShort(this, start, headerLength, end);
            return;
        }
        layers.push(this, start, payload, end);
    }

    @Override
    public TcpView newView() {
        return new TcpView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("tcp.srcport", "Source Port", TcpView::sourcePort)
                        .needing(Tcp.SEQUENCE_NUMBER),
                Field.ofDecimal("tcp.dstport", "Destination Port", TcpView::destinationPort),
                Field.ofDecimal("tcp.seq_raw", "Sequence Number (raw)", TcpView::sequenceNumber)
                        .needing(Tcp.CHECKSUM),
                Field.ofDecimal("tcp.ack_raw", "Acknowledgment Number (raw)", credible(TcpView::acknowledgmentNumber))
                        .needing(Tcp.CHECKSUM),
                Field.ofDecimal("tcp.hdr_len", "Header Length", TcpView::headerLength)
                        .needing(Tcp.CHECKSUM),
                Field.ofDecimal("tcp.len", "TCP Segment Len", TcpProtocol::segmentLength)
                        .needing(Tcp.CHECKSUM),
                Field.ofHex("tcp.flags", "Flags", 4, credible(TcpView::flags)).needing(Tcp.CHECKSUM),
                flag("tcp.flags.syn", "Syn", Tcp.FLAG_SYN),
                flag("tcp.flags.ack", "Acknowledgment", Tcp.FLAG_ACK),
                flag("tcp.flags.fin", "Fin", Tcp.FLAG_FIN),
                flag("tcp.flags.reset", "Reset", Tcp.FLAG_RST),
                flag("tcp.flags.push", "Push", Tcp.FLAG_PSH),
                flag("tcp.flags.urg", "Urgent", Tcp.FLAG_URG),
                flag("tcp.flags.ece", "ECN-Echo", Tcp.FLAG_ECE),
                flag("tcp.flags.cwr", "Congestion Window Reduced", Tcp.FLAG_CWR),
                Field.ofDecimal("tcp.window_size_value", "Window", credible(TcpView::window)),
                Field.ofHex("tcp.checksum", "Checksum", 4, credible(TcpView::checksum)),
                Field.ofDecimal(
                        "tcp.checksum.status",
                        "Checksum status",
                        credible(view -> view.checksumStatus().code())),
                Field.ofDecimal("tcp.urgent_pointer", "Urgent Pointer", credible(TcpView::urgentPointer)),
                Field.ofDecimal("tcp.options.mss_val", "MSS Value", orAbsent(TcpView::maximumSegmentSize)),
                Field.ofDecimal("tcp.options.wscale.shift", "Shift count", orAbsent(TcpView::windowScale)),
                Field.ofDecimal("tcp.options.timestamp.tsval", "Timestamp value", orAbsent(TcpView::timestampValue)),
                Field.ofDecimal(
                        "tcp.options.timestamp.tsecr", "Timestamp echo reply", orAbsent(TcpView::timestampEchoReply)),
                Field.ofDecimals("tcp.options.sack_le", "SACK left edges", TcpView::sackCount, TcpView::sackLeft),
                Field.ofDecimals("tcp.options.sack_re", "SACK right edges", TcpView::sackCount, TcpView::sackRight));
    }

    /** The data's length, which neither a fragment nor a quote tells, and which a header that is too long has not. */
    private static long segmentLength(TcpView view) {
        return view.isFragment() || view.isQuoted() || view.wireLength() < view.headerLength()
                ? Field.ABSENT
                : view.wireLength() - view.headerLength();
    }

    /** Behind its length, a header that is too short cannot be believed. */
    private static ToLongFunction<TcpView> credible(ToLongFunction<TcpView> value) {
        return view -> view.headerLength() < Tcp.MIN_LENGTH ? Field.ABSENT : value.applyAsLong(view);
    }

    private static Field flag(String name, String label, int bit) {
        return Field.ofBoolean(name, label, credible(view -> (view.flags() & bit) == 0 ? 0 : 1))
                .needing(Tcp.CHECKSUM);
    }

    private static ToLongFunction<TcpView> orAbsent(ToLongFunction<TcpView> option) {
        return view -> {
            long value = option.applyAsLong(view);
            return value == TcpView.ABSENT ? Field.ABSENT : value;
        };
    }
}
