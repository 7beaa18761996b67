package dev.swarmlens.samples.traffic;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.samples.scenario.Scenario.Kind;
import dev.swarmlens.samples.scenario.Scenario.PortPlan;
import dev.swarmlens.samples.scenario.Scenario.TrafficPlan;
import dev.swarmlens.samples.swarm.Client;
import dev.swarmlens.samples.swarm.Endpoint;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Service;
import dev.swarmlens.samples.swarm.Task;
import dev.swarmlens.samples.wire.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Somebody who begins one conversation after the other, as a part of a scenario says. */
abstract class Source implements Actor {
    private static final int CLIENT_WINDOW_SHIFT = 10;
    private static final int CONTAINER_WINDOW_SHIFT = 7;
    /** By so many bytes the header of IPv6 is longer than that of IPv4. */
    private static final int IPV6_MORE = 20;

    private final Conversations conversations;
    private final TrafficPlan plan;
    private final SplittableRandom random;
    private final boolean endless;
    private int begun;

    Source(Conversations conversations, TrafficPlan plan, boolean endless, SplittableRandom random) {
        this.conversations = conversations;
        this.plan = plan;
        this.endless = endless;
        this.random = random;
    }

    Conversations conversations() {
        return conversations;
    }

    TrafficPlan plan() {
        return plan;
    }

    @Override
    public final long act(long now, Stage stage) {
        if (stage.isOver(now)) {
            return NEVER;
        }
        Optional<Actor> hanging = hanging(begun, now);
        hanging.ifPresent(client -> stage.add(now, client));
        Optional<Call> call = hanging.isPresent() ? Optional.empty() : call(begun, now);
        if (call.isPresent()) {
            Conversation conversation = conversation(call.get(), now);
            began(conversation);
            stage.add(now, conversation);
        }
        begun++;
        if (!endless && begun == plan.connections()) {
            return NEVER;
        }
        return now + plan.everyNanos() + random.nextLong(plan.everyNanos() / 10 + 1);
    }

    /**
     * Whom to talk to, and how to get there.
     *
     * @param entry no further than the load balancer of the entry node, if there is one
     * @param reuse the number of the fault by which the client's port is used again too soon, {@link Troubles#NONE} if it is not
     */
    record Call(
            Talk talk, Path path, Optional<Task> task, int clientMtu, Optional<Path> entry, String host, int reuse) {}

    /** The next call; none where nobody could be asked. */
    abstract Optional<Call> call(int number, long now);

    /** Who asks in the next call's stead, and hangs. */
    Optional<Actor> hanging(int number, long now) {
        return Optional.empty();
    }

    SplittableRandom random() {
        return random;
    }

    boolean isApart(Node node, long now) {
        return conversations.troubles().apart(node, now) != Troubles.NONE;
    }

    /** A conversation has begun. */
    void began(Conversation conversation) {}

    boolean isOfDatagrams() {
        return plan.kind() == Kind.UDP || plan.kind() == Kind.DNS || plan.kind() == Kind.PING;
    }

    private Conversation conversation(Call call, long now) {
        Troubles troubles = conversations.troubles();
        Ledger ledger = conversations.ledger();
        SplittableRandom own = random.split();
        int silent = call.task().map(task -> troubles.silent(task, now)).orElse(Troubles.NONE);
        int idle = call.entry().isPresent() ? troubles.idle(now) : Troubles.NONE;
        int apart = call.talk().entry().map(entry -> troubles.apart(entry, now)).orElse(Troubles.NONE);
        if (isOfDatagrams()) {
            return new DatagramTalk(
                    call.talk(), ledger, conversations.wire(), call.path(), plan, troubles, call.task(), own);
        }
        Talk talk = call.talk();
        int serverMtu =
                talk.network().map(Network::mtu).orElse(conversations.swarm().mtu());
        boolean outside = talk.entry().isPresent();
        TcpConnection connection = new TcpConnection(
                conversations.wire(),
                call.path(),
                new TcpEnd(
                        talk.clientPort(),
                        talk.port(),
                        call.clientMtu(),
                        outside ? CLIENT_WINDOW_SHIFT : CONTAINER_WINDOW_SHIFT,
                        own),
                new TcpEnd(talk.port(), talk.clientPort(), serverMtu, CONTAINER_WINDOW_SHIFT, own),
                own,
                Math.max(Math.max(silent, idle), apart),
                now);
        if (call.reuse() != Troubles.NONE) {
            connection.dropFirstSyn(call.entry().orElseThrow(), call.reuse());
        }
        // without a task nobody listens
        boolean refuses = call.task().map(task -> troubles.refuses(task, now)).orElse(true);
        TcpConnection.Manner manner = refuses
                ? TcpConnection.Manner.REFUSE
                : silent == Troubles.NONE ? TcpConnection.Manner.ACCEPT : TcpConnection.Manner.IGNORE;
        if (plan.kind() == Kind.TCP) {
            return new TransferTalk(talk, ledger, call.path(), connection, manner, plan);
        }
        return new HttpTalk(
                talk,
                ledger,
                call.path(),
                connection,
                manner,
                plan,
                plan.requests()
                        * call.task().map(task -> troubles.load(task, now)).orElse(1),
                call.host(),
                call.task().map(Task::hostName).orElse(""),
                idle == Troubles.NONE ? Optional.empty() : call.entry(),
                troubles.idleNanos(),
                own);
    }

    /** A client outside of the swarm. */
    static final class OfClient extends Source {
        private final Client client;
        private final Service service;
        private final PortPlan port;
        private final List<Node> via;
        private final Ports ports;
        /** The latest conversation through each entry node. */
        private final Map<Node, Conversation> latest = new HashMap<>();

        OfClient(
                Conversations conversations,
                TrafficPlan plan,
                boolean endless,
                SplittableRandom random,
                Client client,
                Ports ports) {
            super(conversations, plan, endless, random);
            this.client = client;
            this.ports = ports;
            this.service = conversations.swarm().service(plan.to());
            this.via = plan.via().stream().map(conversations.swarm()::node).toList();
            boolean udp = plan.kind() == Kind.UDP || plan.kind() == Kind.DNS;
            this.port = service.ports().stream()
                    .filter(each ->
                            each.udp() == udp && each.published() == plan.port().orElseThrow())
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        Optional<Call> call(int number, long now) {
            if (port.host()) {
                return Optional.of(toHost(number));
            }
            Node entry = via.get(number % via.size());
            if (!isApart(entry, now)) {
                return Optional.of(throughMesh(entry, now));
            }
            return isOfDatagrams() ? Optional.empty() : Optional.of(toClosedPort(entry));
        }

        @Override
        Optional<Actor> hanging(int number, long now) {
            Node entry = via.get(number % via.size());
            int hangs = conversations().troubles().hangs(entry, now);
            if (hangs == Troubles.NONE || port.host() || isOfDatagrams()) {
                return Optional.empty();
            }
            SplittableRandom own = random().split();
            int clientPort = ports.next();
            int mtu = conversations().swarm().mtu() - IPV6_MORE;
            TcpConnection connection = new TcpConnection(
                    conversations().wire(),
                    conversations().paths().toNodeOverIpv6(client, entry),
                    new TcpEnd(clientPort, port.published(), mtu, CLIENT_WINDOW_SHIFT, own),
                    new TcpEnd(port.published(), clientPort, mtu, CONTAINER_WINDOW_SHIFT, own),
                    own,
                    hangs,
                    now);
            Bytes request = Content.text("GET / HTTP/1.1\r\nHost: " + entry.name() + "\r\nUser-Agent: lens\r\n\r\n");
            return Optional.of(new Hanging(connection, request, own));
        }

        private Call toClosedPort(Node entry) {
            Talk talk = new Talk(
                    plan().kind(),
                    service.name(),
                    client.name(),
                    client.address(),
                    ports.next(),
                    Optional.of(entry),
                    Optional.of(conversations().swarm().ingress()),
                    Optional.empty(),
                    port.published(),
                    Optional.empty(),
                    entry.address(),
                    entry,
                    entry);
            return new Call(
                    talk,
                    conversations().paths().toClosedPort(client, entry),
                    Optional.empty(),
                    conversations().swarm().mtu(),
                    Optional.empty(),
                    "",
                    Troubles.NONE);
        }

        @Override
        void began(Conversation conversation) {
            conversation.talk().entry().ifPresent(entry -> latest.put(entry, conversation));
        }

        private Call throughMesh(Node entry, long now) {
            Conversation before = latest.get(entry);
            boolean again = before != null && before.isOver(now) && !isOfDatagrams();
            int reuse = again ? conversations().troubles().reuse(now) : Troubles.NONE;
            Network ingress = conversations().swarm().ingress();
            Task task = conversations().wheels().next(entry, service, ingress, now);
            Node at = conversations().troubles().whereIs(task, now);
            Endpoint balancer = conversations().swarm().loadBalancer(ingress, entry);
            Talk talk = new Talk(
                    plan().kind(),
                    service.name(),
                    client.name(),
                    client.address(),
                    reuse == Troubles.NONE ? ports.next() : before.talk().clientPort(),
                    Optional.of(entry),
                    Optional.of(ingress),
                    Optional.of(balancer.ip()),
                    port.published(),
                    Optional.of(task.name()),
                    task.in(ingress).ip(),
                    at,
                    entry);
            Path path = conversations().paths().ingress(client, entry, task, at);
            return new Call(
                    talk,
                    path,
                    Optional.of(task),
                    conversations().swarm().mtu(),
                    Optional.of(conversations().paths().toSandbox(client, entry)),
                    entry.address() + ":" + port.published(),
                    reuse);
        }

        private Call toHost(int number) {
            Task task = service.tasks().get(number % service.tasks().size());
            Talk talk = new Talk(
                    plan().kind(),
                    service.name(),
                    client.name(),
                    client.address(),
                    ports.next(),
                    Optional.of(task.node()),
                    Optional.empty(),
                    Optional.empty(),
                    port.published(),
                    Optional.of(task.name()),
                    task.bridgeAddress(),
                    task.node(),
                    task.node());
            return new Call(
                    talk,
                    conversations().paths().host(client, task, port),
                    Optional.of(task),
                    conversations().swarm().mtu(),
                    Optional.empty(),
                    task.node().address() + ":" + port.published(),
                    Troubles.NONE);
        }
    }

    /** A task. */
    static final class OfTask extends Source {
        private final Task from;
        private final Network network;
        private final Service service;
        private final Optional<Task> only;
        private final Ports ports;

        OfTask(
                Conversations conversations,
                TrafficPlan plan,
                boolean endless,
                SplittableRandom random,
                Task from,
                Ports ports) {
            super(conversations, plan, endless, random);
            this.from = from;
            this.ports = ports;
            this.network = conversations.swarm().network(plan.network().orElseThrow());
            this.service = conversations.swarm().service(plan.to());
            this.only =
                    plan.to().contains(".") ? Optional.of(conversations.swarm().task(plan.to())) : Optional.empty();
        }

        @Override
        Optional<Call> call(int number, long now) {
            Node here = conversations().troubles().whereIs(from, now);
            return isApart(here, now) ? Optional.empty() : call(number, now, here);
        }

        private Optional<Call> call(int number, long now, Node here) {
            Optional<Ipv4Address> virtual = only.isPresent()
                    ? Optional.empty()
                    : Optional.ofNullable(service.virtualAddresses().get(network.name()));
            if (virtual.isPresent() && plan().kind() == Kind.PING) {
                return Optional.of(toBalancer(here, virtual.get()));
            }
            Task task = only.isPresent()
                    ? only.get()
                    : virtual.isPresent()
                            ? conversations().wheels().next(here, service, network, now)
                            : service.tasks().get(number % service.tasks().size());
            Node there = conversations().troubles().whereIs(task, now);
            if (isApart(there, now)) {
                return Optional.empty();
            }
            Path path = virtual.isPresent()
                    ? conversations().paths().virtual(network, virtual.get(), from, here, task, there)
                    : conversations().paths().direct(network, from, here, task, there);
            Optional<Ipv4Address> balancer = virtual.map(unused ->
                    conversations().swarm().loadBalancer(network, here).ip());
            Talk talk = talk(
                    here, balancer, Optional.of(task.name()), task.in(network).ip(), there);
            return Optional.of(
                    new Call(talk, path, Optional.of(task), network.mtu(), Optional.empty(), host(), Troubles.NONE));
        }

        private Call toBalancer(Node here, Ipv4Address virtual) {
            return new Call(
                    talk(here, Optional.of(virtual), Optional.empty(), virtual, here),
                    conversations().paths().toBalancer(network, virtual, from, here),
                    Optional.empty(),
                    network.mtu(),
                    Optional.empty(),
                    host(),
                    Troubles.NONE);
        }

        private String host() {
            int port = plan().port().orElseThrow();
            return plan().to() + (port == 80 ? "" : ":" + port);
        }

        private Talk talk(
                Node here, Optional<Ipv4Address> balancer, Optional<String> task, Ipv4Address address, Node there) {
            boolean ping = plan().kind() == Kind.PING;
            return new Talk(
                    plan().kind(),
                    service.name(),
                    from.name(),
                    from.in(network).ip(),
                    ping ? 0 : ports.next(),
                    Optional.empty(),
                    Optional.of(network),
                    balancer,
                    ping ? 0 : plan().port().orElseThrow(),
                    task,
                    address,
                    there,
                    here);
        }
    }
}
