package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.tcp.Tcp;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** What breaks programs is generated, and first. */
@Domain(PacketDomain.class)
@StatisticsReport(StatisticsReportMode.OFF)
class EdgeCasesTest {

    @Property(tries = 100, edgeCases = EdgeCasesMode.FIRST)
    void ofPackets(@ForAll Packet packet) {
        List<String> cases = new ArrayList<>();
        cases.add(packet.payload().isEmpty() ? "empty payload" : "some payload");
        cases.add(packet.length() == 9000 ? "9000 bytes" : "another length");
        for (Header header : packet.layers()) {
            if (header instanceof Ipv4 ip) {
                cases.add(ip.options().length() == 40 ? "IPv4 with all options" : "IPv4 with fewer options");
            } else if (header instanceof Tcp tcp) {
                cases.add(tcp.options().length() == 40 ? "TCP with all options" : "TCP with fewer options");
            }
        }
        cases.forEach(found -> Statistics.label("packets").collect(found));

        Statistics.label("packets").coverage(coverage -> {
            for (String wanted :
                    List.of("empty payload", "9000 bytes", "IPv4 with all options", "TCP with all options")) {
                coverage.check(wanted).count(count -> count > 0);
            }
        });
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.FIRST)
    void ofTunnels(@ForAll VxlanFrame frame) {
        Statistics.label("vnis").collect(frame.vnis().get(0));
        Statistics.label("lengths").collect(frame.packet().length());
        Statistics.label("tunnels").collect(frame.vnis().size());

        Statistics.label("vnis").coverage(coverage -> {
            coverage.check(0).count(count -> count > 0);
            coverage.check(0xff_ffff).count(count -> count > 0);
        });
        Statistics.label("lengths").coverage(coverage -> coverage.check(9000).count(count -> count > 0));
        Statistics.label("tunnels").coverage(coverage -> {
            coverage.check(1).count(count -> count > 0);
            coverage.check(2).count(count -> count > 0);
        });
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.FIRST)
    void ofConversations(@ForAll Conversation conversation) {
        Statistics.label("requests").collect(conversation.request().length());
        Statistics.label("responses").collect(conversation.response().length());
        Statistics.label("local").collect(conversation.isLocal());

        for (String texts : List.of("requests", "responses")) {
            Statistics.label(texts).coverage(coverage -> {
                coverage.check(0).count(count -> count > 0);
                coverage.check(9000).count(count -> count > 0);
            });
        }
        Statistics.label("local").coverage(coverage -> coverage.check(true).count(count -> count > 0));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.FIRST)
    void ofHostileFrames(@ForAll HostileFrame frame) {
        Statistics.label("lengths").collect(frame.bytes().length());

        Statistics.label("lengths").coverage(coverage -> coverage.check(0).count(count -> count > 0));
    }
}
