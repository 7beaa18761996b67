package dev.swarmlens.codecs.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.TcpHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

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
            .number("maximumSegmentSize", h -> Opinions.NONE, TcpView::maximumSegmentSize, k -> option(k, 2, 4))
            .number("timestampValue", h -> Opinions.NONE, TcpView::timestampValue, k -> option(k, 8, 10))
            .elsewhere("optionList", "checksumStatus")
            .elsewhere("checksumStatus");

    TcpLawsTest() {
        super(OPINIONS, 20);
    }

    /** The first number in an option by the specification, −1 if there is no such option; no opinion of ill-formed options. */
    private static long option(TcpHeader header, int kind, int length) {
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
                .map(option -> Opinions.number(option.value()) >>> (length == 10 ? Integer.SIZE : 0))
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
        assertThat(view.timestampValue()).isEqualTo(0x83d2f1a5L);
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
