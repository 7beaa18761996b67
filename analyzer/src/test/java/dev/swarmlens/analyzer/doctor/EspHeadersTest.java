package dev.swarmlens.analyzer.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.analyzer.esp.Spi;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.codecs.BigEndian;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ESP of which nothing but the headers is true, in the courses that keys take and that packets take without an answer. */
class EspHeadersTest {
    private static final String A = "10.129.23.9";
    private static final String B = "10.129.15.191";
    private static final int TAG = 14_721;
    private static final int SMALL = 116;
    private static final int LARGE = 1400;
    private static final int MINUTE = 60;

    @TempDir
    private Path folder;

    private final List<byte[]> records = new ArrayList<>();
    private int sequence;

    /** The nodes gossip with each other, twice a minute for half an hour. */
    @BeforeEach
    void gossip() {
        for (int second = 0; second < 30 * MINUTE; second += 30) {
            udp(second, A, B);
            udp(second, B, A);
        }
    }

    private void udp(int second, String from, String to) {
        byte[] datagram = new byte[60];
        BigEndian.put16(datagram, 0, 7946);
        BigEndian.put16(datagram, 2, 7946);
        BigEndian.put16(datagram, 4, datagram.length);
        record(second, from, to, 17, datagram);
    }

    private void esp(int second, String from, String to, int tag, int length) {
        byte[] packet = new byte[length];
        BigEndian.put32(packet, 0, Spi.of(Address.of(from), tag, Address.of(to)));
        sequence++;
        BigEndian.put32(packet, 4, sequence);
        record(second, from, to, 50, packet);
    }

    private void record(int second, String from, String to, int protocol, byte[] payload) {
        byte[] record = new byte[16 + 14 + 20 + payload.length];
        int length = record.length - 16;
        BigEndian.put32(record, 0, 1_795_000_000 + second);
        BigEndian.put32(record, 4, records.size());
        BigEndian.put32(record, 8, length);
        BigEndian.put32(record, 12, length);
        BigEndian.put16(record, 16 + 12, 0x0800);
        BigEndian.put16(record, 30, 0x4500);
        BigEndian.put16(record, 32, length - 14);
        BigEndian.put16(record, 38, 64 << 8 | protocol);
        BigEndian.put32(record, 42, (int) Address.of(from).low());
        BigEndian.put32(record, 46, (int) Address.of(to).low());
        System.arraycopy(payload, 0, record, 50, payload.length);
        records.add(record);
    }

    private List<String> findings() throws IOException {
        records.sort((one, other) -> Integer.compare(BigEndian.i32(one, 0), BigEndian.i32(other, 0)));
        ByteArrayOutputStream pcap = new ByteArrayOutputStream();
        byte[] header = new byte[24];
        BigEndian.put32(header, 0, 0xa1b2c3d4);
        BigEndian.put32(header, 4, 0x00020004);
        BigEndian.put32(header, 16, 65_535);
        BigEndian.put32(header, 20, 1);
        pcap.write(header);
        for (byte[] record : records) {
            pcap.write(record);
        }
        Path capture = Files.write(folder.resolve("one.pcap"), pcap.toByteArray());
        Path inventory = Files.writeString(
                folder.resolve("node.json"),
                "[{\"ID\": \"a\", \"Description\": {\"Hostname\": \"one\"}, \"Status\": {\"Addr\": \"" + A + "\"}}]");
        Invocation answer =
                Invocation.of("doctor", "-T", "json", "--inventory", inventory.toString(), capture.toString());
        assertThat(answer.exit()).as(answer.err()).isZero();
        List<String> findings = new ArrayList<>();
        for (JsonNode finding : answer.json().path("findings")) {
            findings.add(finding.path("id").asText() + " "
                    + finding.path("severity").asText() + " "
                    + finding.path("confidence").asText());
            assertThat(finding.path("evidence")).isNotEmpty();
        }
        return findings;
    }

    /** Both directions, with the key that each has at the time. */
    private void talk(int from, int to, int tagOfA, int tagOfB) {
        for (int second = from; second < to; second += 5) {
            esp(second, A, B, tagOfA, LARGE);
            esp(second, B, A, tagOfB, LARGE);
        }
    }

    @Test
    void oneKeyAllTheTime() throws IOException {
        talk(0, 20 * MINUTE, TAG, TAG);

        assertThat(findings()).isEmpty();
    }

    @Test
    void aRotationIsNoFault() throws IOException {
        talk(0, 10 * MINUTE, TAG, TAG);
        talk(10 * MINUTE, 10 * MINUTE + 20, TAG + 2, TAG);
        talk(10 * MINUTE + 20, 25 * MINUTE, TAG + 2, TAG + 2);

        assertThat(findings()).isEmpty();
    }

    @Test
    void nobodyNeedsToAnswerAfterARotation() throws IOException {
        talk(0, 10 * MINUTE, TAG, TAG);
        for (int second = 10 * MINUTE; second < 29 * MINUTE; second++) {
            esp(second, A, B, TAG + 2, LARGE);
        }

        assertThat(findings()).isEmpty();
    }

    @Test
    void anOldKeyForLong() throws IOException {
        talk(0, 10 * MINUTE, TAG, TAG);
        talk(10 * MINUTE, 20 * MINUTE, TAG + 2, TAG);

        assertThat(findings()).containsExactly("SW-14c warning likely");
    }

    @Test
    void aKeyThatIsTooOld() throws IOException {
        talk(0, MINUTE, TAG + 4, TAG);

        assertThat(findings()).containsExactly("SW-14c error likely");
    }

    @Test
    void openingsThatNobodyAnswers() throws IOException {
        for (int second = 0; second < MINUTE; second += 5) {
            esp(second, A, B, TAG, SMALL);
        }

        assertThat(findings()).containsExactly("SW-14a warning possible");
    }

    @Test
    void aStreamThatNeedsNoAnswer() throws IOException {
        for (int second = 0; second < MINUTE; second += 5) {
            esp(second, A, B, TAG, LARGE);
        }

        assertThat(findings()).isEmpty();
    }

    /** Other IPsec is none of a swarm's business. */
    @Test
    void othersEsp() throws IOException {
        for (int second = 0; second < MINUTE; second += 5) {
            esp(second, A, B, Spi.TAGS + 1, SMALL);
        }

        assertThat(findings()).isEmpty();
    }
}
