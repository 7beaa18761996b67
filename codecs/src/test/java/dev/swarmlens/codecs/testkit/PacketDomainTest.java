package dev.swarmlens.codecs.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.IpAddress;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.Protocol;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** The type of a parameter decides what is generated for it. */
@Domain(PacketDomain.class)
@StatisticsReport(StatisticsReportMode.OFF)
class PacketDomainTest {
    @Property(tries = 20)
    void valuesAndFramesAreGivenByType(
            @ForAll Packet packet,
            @ForAll HostileFrame hostile,
            @ForAll Conversation conversation,
            @ForAll Vxlan vxlan,
            @ForAll Ipv4Address ipv4,
            @ForAll Ipv6Address ipv6,
            @ForAll MacAddress mac,
            @ForAll Bytes payload) {
        assertThat(List.of(packet, hostile, conversation, vxlan, ipv4, ipv6, mac, payload))
                .doesNotContainNull();
    }

    @Property(tries = 50)
    void theyMixWithWhatJqwikGivesItself(
            @ForAll @IntRange(min = 1, max = 3) int number, @ForAll List<Ipv4Address> addresses, @ForAll String text) {
        assertThat(number).isBetween(1, 3);
        assertThat(addresses).doesNotContainNull();
        assertThat(text).isNotNull();
    }

    @Property(tries = 100)
    void anAddressIsOfEitherVersion(@ForAll IpAddress address) {
        Statistics.collect(address instanceof Ipv4Address);
        Statistics.coverage(coverage -> {
            coverage.check(true).count(count -> count > 0);
            coverage.check(false).count(count -> count > 0);
        });
    }

    @Property(tries = 1000)
    void aHeaderIsOneOfAnyProtocolOfTheLibrary(@ForAll Header header) {
        Statistics.collect(header.protocol());
        Statistics.coverage(coverage -> {
            for (Protocol protocol : ProtocolRegistry.standard().protocols()) {
                coverage.check(protocol).count(count -> count > 0);
            }
        });
    }
}
