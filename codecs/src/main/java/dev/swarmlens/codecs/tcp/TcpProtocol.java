package dev.swarmlens.codecs.tcp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Fault;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** TCP: what it carries is payload. */
public final class TcpProtocol implements Protocol {
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
            layers.fault(Fault.BAD_LENGTH, this, start, Tcp.MIN_LENGTH, headerLength);
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
                Field.ofDecimal("tcp.srcport", "Source Port", TcpView::sourcePort),
                Field.ofDecimal("tcp.dstport", "Destination Port", TcpView::destinationPort),
                Field.ofDecimal("tcp.seq_raw", "Sequence Number (raw)", TcpView::sequenceNumber),
                Field.ofDecimal("tcp.ack_raw", "Acknowledgment Number (raw)", TcpView::acknowledgmentNumber),
                Field.ofDecimal("tcp.hdr_len", "Header Length", TcpView::headerLength),
                Field.ofDecimal(
                        "tcp.len",
                        "TCP Segment Len",
                        (TcpView view) -> view.isFragment() || view.wireLength() < view.headerLength()
                                ? Field.ABSENT
                                : view.wireLength() - view.headerLength()),
                Field.ofHex("tcp.flags", "Flags", 4, TcpView::flags),
                Field.ofDecimal("tcp.flags.syn", "Syn", flag(Tcp.FLAG_SYN)),
                Field.ofDecimal("tcp.flags.ack", "Acknowledgment", flag(Tcp.FLAG_ACK)),
                Field.ofDecimal("tcp.flags.fin", "Fin", flag(Tcp.FLAG_FIN)),
                Field.ofDecimal("tcp.flags.reset", "Reset", flag(Tcp.FLAG_RST)),
                Field.ofDecimal("tcp.flags.push", "Push", flag(Tcp.FLAG_PSH)),
                Field.ofDecimal("tcp.window_size_value", "Window", TcpView::window),
                Field.ofHex("tcp.checksum", "Checksum", 4, TcpView::checksum),
                Field.ofDecimal(
                        "tcp.checksum.status",
                        "Checksum status",
                        (TcpView view) -> view.checksumStatus().code()),
                Field.ofDecimal("tcp.urgent_pointer", "Urgent Pointer", TcpView::urgentPointer),
                Field.ofDecimal("tcp.options.mss_val", "MSS Value", orAbsent(TcpView::maximumSegmentSize)),
                Field.ofDecimal("tcp.options.wscale.shift", "Shift count", orAbsent(TcpView::windowScale)),
                Field.ofDecimal("tcp.options.timestamp.tsval", "Timestamp value", orAbsent(TcpView::timestampValue)),
                Field.ofDecimal(
                        "tcp.options.timestamp.tsecr", "Timestamp echo reply", orAbsent(TcpView::timestampEchoReply)),
                Field.ofText("tcp.options.sack_le", "SACK left edges", sackEdges(TcpView::sackLeft)),
                Field.ofText("tcp.options.sack_re", "SACK right edges", sackEdges(TcpView::sackRight)));
    }

    private static ToLongFunction<TcpView> flag(int bit) {
        return view -> (view.flags() & bit) == 0 ? 0 : 1;
    }

    private interface Edge {
        long of(TcpView view, int block);
    }

    private static Function<TcpView, String> sackEdges(Edge edge) {
        return view -> {
            int count = view.sackCount();
            return count == 0
                    ? null
                    : IntStream.range(0, count)
                            .mapToObj(block -> Long.toString(edge.of(view, block)))
                            .collect(Collectors.joining(","));
        };
    }

    private static ToLongFunction<TcpView> orAbsent(ToLongFunction<TcpView> option) {
        return view -> {
            long value = option.applyAsLong(view);
            return value == TcpView.ABSENT ? Field.ABSENT : value;
        };
    }
}
