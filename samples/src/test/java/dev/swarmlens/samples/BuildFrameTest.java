package dev.swarmlens.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BuildFrameTest {

    /** The dump is what {@code text2pcap} and tshark read as an echo request in VXLAN without a complaint. */
    @Test
    void printsTheFrameInALineInBytesAndAsATree() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            BuildFrame.main(new String[0]);
        } finally {
            System.setOut(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("Ethernet 52:54:00:a8:38:01 → 52:54:00:a8:38:02 / IPv4 192.168.56.101 → 192.168.56.102")
                .contains("0000  52 54 00 a8 38 02 52 54 00 a8 38 01 08 00 45 00   RT..8.RT..8...E.")
                .contains("    VXLAN Network Identifier (VNI): 4097")
                .contains("ICMP echo request, id 1, seq 1, checksum 0x48fd  (bytes 84 to 91)");
    }
}
