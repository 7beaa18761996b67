package dev.swarmlens.codecs.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.TcpHeader;
import dev.swarmlens.codecs.tcp.TcpOption.Block;
import dev.swarmlens.codecs.tcp.TcpOption.End;
import dev.swarmlens.codecs.tcp.TcpOption.Malformed;
import dev.swarmlens.codecs.tcp.TcpOption.MaximumSegmentSize;
import dev.swarmlens.codecs.tcp.TcpOption.NoOperation;
import dev.swarmlens.codecs.tcp.TcpOption.Sack;
import dev.swarmlens.codecs.tcp.TcpOption.SackPermitted;
import dev.swarmlens.codecs.tcp.TcpOption.Timestamps;
import dev.swarmlens.codecs.tcp.TcpOption.Unknown;
import dev.swarmlens.codecs.tcp.TcpOption.WindowScale;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

public class TcpLawsTest extends ProtocolLaws<Tcp, TcpView, TcpHeader> {
    public static final Opinions<Tcp, TcpView, TcpHeader> OPINIONS = new Opinions<>(
                    TcpProtocol.INSTANCE, Tcp.class, TcpView.class, TcpHeader.class, TcpHeader::new)
            .number("headerLength", Tcp::length, TcpView::headerLength, TcpHeader::headerLength)
            .number("words", h -> h.length() / 4, v -> v.headerLength() / 4, TcpHeader::words)
            .number("sourcePort", Tcp::sourcePort, TcpView::sourcePort, TcpHeader::sourcePort)
            .number("destinationPort", Tcp::destinationPort, TcpView::destinationPort, TcpHeader::destinationPort)
            .number("sequenceNumber", Tcp::sequenceNumber, TcpView::sequenceNumber, TcpHeader::sequenceNumber)
            .number(
                    "acknowledgmentNumber",
                    Tcp::acknowledgmentNumber,
                    TcpView::acknowledgmentNumber,
                    TcpHeader::acknowledgmentNumber)
            .number("flags", Tcp::flags, TcpView::flags, TcpHeader::flags)
            .number("window", Tcp::window, TcpView::window, TcpHeader::window)
            .number("checksum", Tcp::checksum, TcpView::checksum, TcpHeader::checksum)
            .number("urgentPointer", Tcp::urgentPointer, TcpView::urgentPointer, TcpHeader::urgentPointer)
            .bytes("options", Tcp::options, TcpHeader::options)
            .number("maximumSegmentSize", h -> Opinions.NONE, TcpView::maximumSegmentSize, k -> option(k, 2, 4, 0, 2))
            .number("windowScale", h -> Opinions.NONE, TcpView::windowScale, k -> option(k, 3, 3, 0, 1))
            .number("timestampValue", h -> Opinions.NONE, TcpView::timestampValue, k -> option(k, 8, 10, 0, 4))
            .number("timestampEchoReply", h -> Opinions.NONE, TcpView::timestampEchoReply, k -> option(k, 8, 10, 4, 8))
            .elsewhere("optionList", "checksumStatus", "isSackPermitted", "sackCount");

    TcpLawsTest() {
        super(OPINIONS, 20);
    }

    /** A number in an option by the specification, −1 if there is no such option; no opinion of ill-formed options. */
    private static long option(TcpHeader header, int kind, int length, int from, int to) {
        TcpHeader.OptionList list;
        try {
            list = header.optionList();
        } catch (RuntimeException illFormed) {
            return Opinions.NONE;
        }
        if (list == null) {
            return -1;
        }
        return list.entries().stream()
                .filter(option -> option.kind() == kind && option.length() == length)
                .map(option -> Opinions.number(Arrays.copyOfRange(option.value(), from, to)))
                .findFirst()
                .orElse(-1L);
    }

    @Override
    protected Arbitrary<Tcp> headers() {
        return Headers.tcp();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of(
                "sourcePort", 16,
                "destinationPort", 16,
                "sequenceNumber", 32,
                "acknowledgmentNumber", 32,
                "flags", 12,
                "window", 16,
                "checksum", 16,
                "urgentPointer", 16);
    }

    @Override
    protected int encloses(Tcp header) {
        return 0;
    }

    @Override
    protected void makePlausible(byte[] bytes) {
        int words = 5 + (bytes[12] >> 4 & 0xf) % 11;
        bytes[12] = (byte) (words << 4 | bytes[12] & 0xf);
    }

    @Example
    void optionsOver40BytesOrOfPartialWordsAreRefused() {
        Tcp header = Tcp.from(1).to(2);

        assertThatThrownBy(() -> header.withOptions(Bytes.of(new byte[44])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("44 bytes")
                .hasMessageContaining("up to 40");
        assertThatThrownBy(() -> header.withOptions(Bytes.of(new byte[6])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6 bytes; a multiple of 4");
    }

    /** The options of a Linux SYN: maximum segment size 1460, SACK permitted, timestamps, no operation, window scale 7. */
    @Example
    void optionsOfSynAreFound() {
        TcpView view = viewOf("020405b4 0402 080a 83d2f1a5 00000000 01 030307");

        assertThat(view.maximumSegmentSize()).isEqualTo(1460);
        assertThat(view.isSackPermitted()).isTrue();
        assertThat(view.timestampValue()).isEqualTo(0x83d2f1a5L);
        assertThat(view.timestampEchoReply()).isZero();
        assertThat(view.windowScale()).isEqualTo(7);
        assertThat(view.sackCount()).isZero();
        assertThat(view.toHeader().optionList())
                .containsExactly(
                        new MaximumSegmentSize(1460),
                        new SackPermitted(),
                        new Timestamps(0x83d2f1a5L, 0),
                        new NoOperation(),
                        new WindowScale(7));
    }

    /** RFC 2018 section 3: two blocks that were received beyond the acknowledgment number. */
    @Example
    void blocksOfSelectiveAcknowledgmentsAreFound() {
        TcpView view = viewOf("0101 0512 00001000 00002000 fffffff0 00000010");

        assertThat(view.isSackPermitted()).isFalse();
        assertThat(view.sackCount()).isEqualTo(2);
        assertThat(view.sackLeft(0)).isEqualTo(0x1000);
        assertThat(view.sackRight(0)).isEqualTo(0x2000);
        assertThat(view.sackLeft(1)).isEqualTo(0xffff_fff0L);
        assertThat(view.sackRight(1)).isEqualTo(0x10);
        assertThatThrownBy(() -> view.sackLeft(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(TcpOption.read(Bytes.ofHex("0512 00001000 00002000 fffffff0 00000010 0000")))
                .containsExactly(
                        new Sack(List.of(new Block(0x1000, 0x2000), new Block(0xffff_fff0L, 0x10))),
                        new End(Bytes.of((byte) 0)));
    }

    @Example
    void anOptionOfAWrongLengthIsUnknownAndWhatCannotBeOneIsMalformed() {
        assertThat(TcpOption.read(Bytes.ofHex("0203ff 050600000000")))
                .containsExactly(new Unknown(2, Bytes.ofHex("ff")), new Unknown(5, Bytes.ofHex("00000000")));
        assertThat(TcpOption.read(Bytes.ofHex("01 0501")))
                .containsExactly(new NoOperation(), new Malformed(Bytes.ofHex("0501")));
        assertThat(TcpOption.read(Bytes.ofHex("05"))).containsExactly(new Malformed(Bytes.ofHex("05")));
        assertThat(TcpOption.read(Bytes.ofHex("020500"))).containsExactly(new Malformed(Bytes.ofHex("020500")));
    }

    @Property(edgeCases = EdgeCasesMode.FIRST)
    void optionsReadAndWrittenAreTheSame(@ForAll("headers") Tcp header) {
        TcpOption[] options = header.optionList().toArray(TcpOption[]::new);

        assertThat(header.withOptions(options)).isEqualTo(header);
    }

    @Property(edgeCases = EdgeCasesMode.FIRST)
    void optionsWrittenAndReadAreTheSame(@ForAll("knownOptions") List<TcpOption> options) {
        Bytes bytes = TcpOption.write(options.toArray(TcpOption[]::new));

        assertThat(bytes.length() % 4).isZero();
        assertThat(TcpOption.read(bytes).subList(0, options.size())).isEqualTo(options);
    }

    @Provide
    Arbitrary<List<TcpOption>> knownOptions() {
        Arbitrary<Long> number = Arbitraries.longs().between(0, 0xffff_ffffL);
        Arbitrary<Block> blocks = Combinators.combine(number, number).as(Block::new);
        return Arbitraries.<TcpOption>oneOf(
                        Arbitraries.of(new NoOperation(), new SackPermitted()),
                        Arbitraries.integers().between(0, 0xffff).map(MaximumSegmentSize::new),
                        Arbitraries.integers().between(0, 255).map(WindowScale::new),
                        blocks.list().ofMinSize(1).ofMaxSize(4).map(Sack::new),
                        Combinators.combine(number, number).as(Timestamps::new),
                        Headers.bytes(3, 9).map(data -> new Unknown(254, data)))
                .list()
                .ofMaxSize(6);
    }

    @Example
    void optionsBehindTheEndOfTheListOrBehindNonsenseAreNotFound() {
        assertThat(viewOf("00000000 020405b4").maximumSegmentSize()).isEqualTo(TcpView.ABSENT);
        assertThat(viewOf("05000000 020405b4").maximumSegmentSize()).isEqualTo(TcpView.ABSENT);
        assertThat(viewOf("05ff0000 020405b4").maximumSegmentSize()).isEqualTo(TcpView.ABSENT);
        assertThat(viewOf("02030500").maximumSegmentSize()).isEqualTo(TcpView.ABSENT);
        assertThat(viewOf("01010102").maximumSegmentSize()).isEqualTo(TcpView.ABSENT);
        assertThat(viewOf("").timestampValue()).isEqualTo(TcpView.ABSENT);
    }

    private static TcpView viewOf(String options) {
        Tcp header = Tcp.from(1).to(2).withOptions(Bytes.ofHex(options));
        byte[] bytes = new byte[header.length()];
        header.write(bytes, 0);
        TcpView view = new TcpView();
        view.wrap(bytes, 0, bytes.length);
        return view;
    }
}
