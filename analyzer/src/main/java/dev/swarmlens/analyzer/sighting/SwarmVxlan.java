package dev.swarmlens.analyzer.sighting;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Heuristic;
import dev.swarmlens.codecs.Protocol;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.vxlan.Vxlan;
import dev.swarmlens.codecs.vxlan.VxlanProtocol;

/**
 * Recognises a swarm's VXLAN on a UDP port of the user's choice ({@code docker swarm init --data-path-port}) by Docker's
 * signature: a plain VXLAN header, and inside it an IPv4 packet whose sender's MAC address is {@code 02:42} and its IPv4
 * address. That is 80 bits which other traffic does not have by chance.
 */
public final class SwarmVxlan implements Heuristic {
    private static final int PLAIN_FLAGS = Vxlan.FLAG_VALID_VNI << 16;
    private static final int INNER = Vxlan.LENGTH;
    private static final int INNER_SOURCE_MAC = INNER + 6;
    private static final int INNER_TYPE = INNER + 12;
    private static final int INNER_IP = INNER + Ethernet.LENGTH;
    private static final int INNER_IP_SOURCE = INNER_IP + 12;
    private static final int REQUIRED = INNER_IP + 20;
    private static final int VERSION_4 = 4;
    private static final int DOCKER_PREFIX = 0x0242;

    /** The heuristic. */
    public SwarmVxlan() {}

    /** The same protocols, and a swarm's VXLAN on whatever UDP port it is. */
    public static ProtocolRegistry addTo(ProtocolRegistry registry) {
        return registry.toBuilder()
                .heuristic(Binding.UDP_DESTINATION_PORT, new SwarmVxlan())
                .build();
    }

    @Override
    public Protocol recognise(byte[] frame, int start, int end) {
        return start + REQUIRED <= end
                        && BigEndian.i32(frame, start) == PLAIN_FLAGS
                        && BigEndian.u8(frame, start + INNER - 1) == 0
                        && BigEndian.u16(frame, start + INNER_TYPE) == EtherType.IPV4.code()
                        && BigEndian.u8(frame, start + INNER_IP) >>> 4 == VERSION_4
                        && BigEndian.u16(frame, start + INNER_SOURCE_MAC) == DOCKER_PREFIX
                        && BigEndian.i32(frame, start + INNER_SOURCE_MAC + 2)
                                == BigEndian.i32(frame, start + INNER_IP_SOURCE)
                ? VxlanProtocol.INSTANCE
                : null;
    }
}
