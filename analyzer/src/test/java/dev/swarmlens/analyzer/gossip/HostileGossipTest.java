package dev.swarmlens.analyzer.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What somebody with the key may send to do harm: each message is read or counted as malformed, and no more. */
class HostileGossipTest {
    private static final GossipKeys KEYS =
            GossipKeys.of("00112233445566778899aabbccddeeff".getBytes(StandardCharsets.US_ASCII));

    private static OpenedGossip read(byte[] message) {
        OpenedGossip gossip = new OpenedGossip(KEYS);
        gossip.read(message, 0);
        return gossip;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Provide
    Arbitrary<byte[]> messages() {
        Arbitrary<Byte> types = Arbitraries.bytes().between((byte) 0, (byte) 13);
        Arbitrary<byte[]> bodies = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        return Combinators.combine(types, bodies).as((type, body) -> {
            byte[] message = new byte[body.length + 1];
            message[0] = type;
            System.arraycopy(body, 0, message, 1, body.length);
            return message;
        });
    }

    @Property
    void anyBytesDoNoHarm(@ForAll("messages") byte[] message) {
        assertThat(read(message).malformed()).isBetween(0L, 1L);
    }

    @Example
    void anEmptyMessage() {
        assertThat(read(new byte[0]).malformed()).isEqualTo(1);
    }

    /** A message within a message within a message. */
    @Example
    void compoundsWithoutEnd() {
        byte[] message = {0};
        for (int i = 0; i < 1000; i++) {
            byte[] outer = new byte[message.length + 4];
            outer[0] = 7;
            outer[1] = 1;
            outer[2] = (byte) (message.length >>> 8);
            outer[3] = (byte) message.length;
            System.arraycopy(message, 0, outer, 4, message.length);
            message = outer;
        }
        assertThat(read(message).firstProblem()).contains("8 deep");
    }

    /** alive {Node: a string of 2^31 - 1 bytes}, and one of a million lists in each other. */
    @Example
    void lengthsThatLie() {
        assertThat(read(hex("04 81 a4 4e6f6465 db 7fffffff 61")).firstProblem())
                .contains("needs 2147483647 bytes more and has 1");
        byte[] lists = new byte[1_000_000];
        Arrays.fill(lists, (byte) 0x91);
        System.arraycopy(hex("04 81 a4 4e6f6465"), 0, lists, 0, 7);
        assertThat(read(lists).firstProblem()).contains("neither string nor number");
    }

    /** dead {Incarnation: 3, Node: "a", From: "b"} from a member that calls another one dead, with its CRC and a wrong one. */
    @Example
    void theChecksumIsChecked() {
        String dead = "05 83 ab 496e6361726e6174696f6e 03 a4 4e6f6465 a1 61 a4 46726f6d a1 62";
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(hex(dead));
        String right = HexFormat.of().toHexDigits((int) crc.getValue());

        OpenedGossip gossip = read(hex("0c" + right + dead));
        assertThat(gossip.malformed()).isZero();
        assertThat(gossip.events()).containsExactly(new MemberEvent(0, "a", MemberEvent.Kind.DEAD, "b"));
        assertThat(read(hex("0c 00000000" + dead)).firstProblem()).contains("wrong CRC");
    }

    /** A table event within bulk syncs within each other, and one with a field that is longer than the message. */
    @Example
    void tablesThatLie() {
        assertThat(read(hex("08 0802 12 ff ff ff ff 07")).firstProblem()).contains("within a field of 2147483647");
        assertThat(read(hex("08 0863")).firstProblem()).contains("unknown type 99");
        assertThat(read(hex("08 08")).firstProblem()).contains("ends at byte 1");
    }
}
