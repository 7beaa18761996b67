package dev.swarmlens.analyzer.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swarmlens.analyzer.swarm.Tshark;
import dev.swarmlens.samples.generate.CapturePerPoint;
import dev.swarmlens.samples.generate.Generator;
import dev.swarmlens.samples.generate.Limits;
import dev.swarmlens.samples.scenario.ScenarioReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves encrypted opens with the keys that are written beside it. */
class EncryptedTest {
    private static final Pattern STATE = Pattern.compile(
            "src (\\S+) dst (\\S+)\\s+proto esp spi (0x\\w+) reqid 13681891 mode transport\\s+aead rfc4106\\(gcm\\(aes\\)\\) (0x\\w+) 64");

    @TempDir
    private Path folder;

    @Test
    void tsharkOpensIt() throws Exception {
        assumeTrue(Tshark.installed(), "tshark is not installed");
        Path scenario = Path.of(System.getProperty("swarmlens.root"), "samples", "scenarios", "encrypted.yaml");
        new Generator(ScenarioReader.read(scenario))
                .run(new CapturePerPoint(folder, "pcap"), Optional.of(folder), Limits.NONE);
        List<String> options = new ArrayList<>(List.of("-o", "esp.enable_encryption_decode:TRUE"));
        Matcher states = STATE.matcher(Files.readString(folder.resolve("xfrm-state.txt")));
        while (states.find()) {
            options.add("-o");
            options.add(
                    "uat:esp_sa:\"IPv4\",\"%s\",\"%s\",\"%s\",\"AES-GCM with 8 octet ICV [RFC4106]\",\"%s\",\"NULL\",\"\""
                            .formatted(states.group(1), states.group(2), states.group(3), states.group(4)));
        }
        // three nodes, both ways, three keys each
        assertThat(options).hasSize(2 + 2 * 3 * 2 * 3);
        for (String preference : List.of("udp", "tcp", "ip")) {
            options.addAll(List.of("-o", preference + ".check_checksum:TRUE"));
        }
        int sealed = count(options, "esp");
        assertThat(sealed).isPositive();
        assertThat(count(options, "esp && vxlan.vni == 4097 && (tcp || icmp)")).isEqualTo(sealed);
        String broken = "udp.checksum.status == 0 || tcp.checksum.status == 0 || ip.checksum.status == 0";
        assertThat(count(options, "esp && (_ws.malformed || " + broken + ")")).isZero();
    }

    private int count(List<String> options, String filter) throws Exception {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-Y", filter));
        return Tshark.lines(folder.resolve("manager.pcap"), all.toArray(String[]::new))
                .size();
    }
}
