package dev.swarmlens.samples.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ParsedPacket;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.vxlan.Vxlan;
import dev.swarmlens.samples.swarm.Endpoint;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Swarm;
import dev.swarmlens.samples.testkit.Conversation.Sight;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** What the kit gives is what Docker would have made. */
@Domain(SwarmDomain.class)
class SwarmDomainTest {

    @Property(tries = 200)
    void noTwoHaveTheSameAddress(@ForAll Swarm swarm) {
        for (Network network : swarm.networks()) {
            Set<Ipv4Address> seen = new HashSet<>();
            for (Endpoint endpoint : swarm.endpoints(network)) {
                assertThat(seen.add(endpoint.ip())).as("%s", endpoint).isTrue();
                assertThat(network.subnet().contains(endpoint.ip())).isTrue();
                assertThat(endpoint.mac().toString()).startsWith("02:42:");
            }
        }
    }

    @Property(tries = 200)
    void vnisBeginWhereDockerBegins(@ForAll Swarm swarm) {
        assertThat(swarm.networks()).extracting(Network::vni).startsWith(4096).doesNotHaveDuplicates();
    }

    /** Time goes forwards at every point, no frame is malformed, and what is in a tunnel is of that conversation's network. */
    @Property(tries = 200)
    void conversationsAreWhatTheySay(@ForAll Conversation conversation) {
        long[] latest = new long[conversation.swarm().nodes().size()];
        boolean tunnelled = false;
        for (Sight sight : conversation.sights()) {
            assertThat(sight.nanos())
                    .isGreaterThanOrEqualTo(latest[sight.point().index()]);
            latest[sight.point().index()] = sight.nanos();
            ParsedPacket parsed = Packet.parse(sight.frame().toArray());
            assertThat(parsed.problem()).isEmpty();
            List<?> layers = parsed.packet().layers();
            assertThat(layers.get(0)).isInstanceOf(Ethernet.class);
            assertThat(layers.get(1)).isInstanceOf(Ipv4.class);
            if (layers.size() > 3 && layers.get(3) instanceof Vxlan vxlan) {
                tunnelled = true;
                assertThat(vxlan.vni())
                        .isEqualTo(conversation.talk().network().orElseThrow().vni());
            }
        }
        assertThat(tunnelled).isEqualTo(conversation.talk().isTunnelled());
    }
}
