package dev.swarmlens.codecs.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ParsedPacket;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A sample that makes a property fail is small when it is shown, and can be read. */
class ShrinkingTest {
    private static final Pattern SHRUNK = Pattern.compile("Shrunk Sample .*?Original Sample", Pattern.DOTALL);
    private static final Pattern BYTES = Pattern.compile("(\\d+) bytes:((?: [0-9a-f]{2})*)");

    @Test
    void aTunnelShrinksToTheSevenLayersThatItNeeds() {
        String sample = shrunkSampleOf("noFrameHasATunnel");

        assertThat(namesOf(packetIn(sample))).containsExactly("eth", "ip", "udp", "vxlan", "eth", "ip", "udp");
        assertThat(sample).contains("VXLAN VNI 0, \n", "0 bytes of payload");
    }

    @Test
    void aLongFrameShrinksToTheFirstThatIsTooLong() {
        assertThat(packetIn(shrunkSampleOf("noFrameIsLongerThanTwoHundredBytes"))
                        .length())
                .isEqualTo(201);
    }

    @Test
    void aSegmentShrinksToTheFewestOptions() {
        String sample = shrunkSampleOf("noSegmentHasOptions");

        assertThat(sample)
                .contains("options [NoOperation[], NoOperation[], NoOperation[], NoOperation[]]", "0 bytes of payload");
    }

    @Test
    void aLieShrinksToOneInAFrameWithoutPayload() {
        String sample = shrunkSampleOf("noLengthLies");

        assertThat(sample).containsOnlyOnce("in place of");
        assertThat(frameIn(sample).length()).isLessThanOrEqualTo(92);
    }

    @Test
    void aConversationShrinksToTheFewestWordsAndShowsItsTruthAndItsSegments() {
        assertThat(shrunkSampleOf("noConversationHasAResponse"))
                .contains("request=[]", "response=[00]", "publishedPort=1", "vni=4096")
                .contains("CLIENT from client: TCP 32768 → 1 [SYN]", "OVERLAY from task: TCP 1 → 32768 [SYN,ACK]");
    }

    /** What jqwik prints of a property's falsified sample, once shrunk. */
    private static String shrunkSampleOf(String property) {
        Method method = Arrays.stream(FailingProperties.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(property))
                .findFirst()
                .orElseThrow();
        String report = EngineTestKit.engine("jqwik")
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .configurationParameter("jqwik.database", "")
                .selectors(selectMethod(FailingProperties.class, method))
                .execute()
                .allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .toString())
                .collect(Collectors.joining("\n"));
        return SHRUNK.matcher(report)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no shrunk sample in " + report));
    }

    /** The frame whose bytes are printed. */
    private static Bytes frameIn(String sample) {
        MatchResult bytes = BYTES.matcher(sample).results().findFirst().orElseThrow();
        Bytes frame = Bytes.ofHex(bytes.group(2));
        assertThat(frame.length()).isEqualTo(Integer.parseInt(bytes.group(1)));
        return frame;
    }

    private static Packet packetIn(String sample) {
        ParsedPacket parsed = Packet.parse(frameIn(sample).toArray());
        assertThat(parsed.problem()).isEmpty();
        return parsed.packet();
    }

    private static List<String> namesOf(Packet packet) {
        return packet.layers().stream()
                .map(Header::protocol)
                .map(protocol -> protocol.name())
                .toList();
    }
}
