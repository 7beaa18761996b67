package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.testkit.Conversation.Host;
import dev.swarmlens.codecs.testkit.Conversation.Node;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Arbitrary conversations of a swarm on Linux: a client asks a node for a published port, and the routing mesh passes the request
 * on to a task over the ingress network; one in four is answered by the entry node itself.
 *
 * <p>Edge cases: a request and a response of no bytes and of {@value Payloads#JUMBO}, and sequence numbers that wrap at once.
 */
public final class Conversations {
    /** The network identifier of the ingress network in a swarm that never lost it. */
    public static final int INGRESS_VNI = 4096;

    private static final int MAX_PORT = 65_535;
    private static final int FIRST_EPHEMERAL_PORT = 32_768;
    private static final int LAST_EPHEMERAL_PORT = 60_999;
    private static final Ipv4Address UNDERLAY = Ipv4Address.of("192.168.0.0");
    private static final Ipv4Address INGRESS = Ipv4Address.of("10.0.0.0");
    /** 10.0.0.1 is the ingress network's gateway. */
    private static final int FIRST_INGRESS_HOST = 2;

    private static final int MOST_APART = 84;

    private Conversations() {}

    /** Conversations as the entry node sees them. */
    public static Arbitrary<Conversation> any() {
        Arbitrary<Bytes> texts = Payloads.any();
        return Combinators.combine(paths(), starts(), starts(), texts, texts)
                .as((path, client, task, request, response) -> {
                    Dialogue dialogue =
                            new Dialogue(path, Dialogue.Speaker.client(client), Dialogue.Speaker.task(task));
                    return new Conversation(
                            path.client(),
                            path.clientPort(),
                            path.entry(),
                            path.publishedPort(),
                            path.server(),
                            path.task(),
                            path.vni(),
                            request,
                            response,
                            dialogue.hold(request, response));
                });
    }

    private static Arbitrary<Dialogue.Path> paths() {
        Arbitrary<Integer> ephemeral = ValidHeaders.number(FIRST_EPHEMERAL_PORT, LAST_EPHEMERAL_PORT);
        Arbitrary<Boolean> local = ValidHeaders.oneOf(List.of(false, false, false, true));
        return Combinators.combine(
                        ValidHeaders.number(0, 0xff),
                        threeHosts(1),
                        threeHosts(FIRST_INGRESS_HOST),
                        ephemeral,
                        ValidHeaders.number(1, MAX_PORT),
                        local)
                .as((subnet, onUnderlay, inIngress, clientPort, publishedPort, isLocal) -> {
                    int network = UNDERLAY.bits() | subnet << Byte.SIZE;
                    Host client = host(network, onUnderlay.first);
                    Node entry = new Node(host(network, onUnderlay.second), address(INGRESS.bits(), inIngress.first));
                    Node other = new Node(host(network, onUnderlay.third), address(INGRESS.bits(), inIngress.second));
                    Node server = isLocal ? entry : other;
                    Ipv4Address task = address(INGRESS.bits(), inIngress.third);
                    return new Dialogue.Path(client, clientPort, entry, publishedPort, server, task, INGRESS_VNI);
                });
    }

    /** Three hosts of one /24, by their last byte. */
    private record Three(int first, int second, int third) {}

    private static Arbitrary<Three> threeHosts(int least) {
        Arbitrary<Integer> apart = ValidHeaders.number(1, MOST_APART);
        return Combinators.combine(ValidHeaders.number(least, MOST_APART), apart, apart)
                .as((first, second, third) -> new Three(first, first + second, first + second + third));
    }

    private static Host host(int network, int number) {
        return Host.of(address(network, number));
    }

    private static Ipv4Address address(int network, int number) {
        return new Ipv4Address(network | number);
    }

    private static Arbitrary<Dialogue.Start> starts() {
        long max = 0xffff_ffffL;
        Arbitrary<Long> sequences = Arbitraries.longs().between(0, max).edgeCases(edges -> edges.includeOnly(max));
        Arbitrary<Long> clocks = Arbitraries.longs().between(0, max).edgeCases(edges -> edges.includeOnly(0L));
        Arbitrary<Integer> identifications = ValidHeaders.number(0, 0xffff);
        return Combinators.combine(
                        sequences,
                        clocks,
                        identifications,
                        ValidHeaders.number(FIRST_EPHEMERAL_PORT, LAST_EPHEMERAL_PORT),
                        identifications)
                .as(Dialogue.Start::new);
    }
}
