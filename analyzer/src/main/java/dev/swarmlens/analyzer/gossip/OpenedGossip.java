package dev.swarmlens.analyzer.gossip;

import dev.swarmlens.analyzer.kaitai.Memberlist;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.GossipPackets;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import io.kaitai.struct.ByteBufferKaitaiStream;
import io.kaitai.struct.KaitaiStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.msgpack.core.MessagePackException;

/** Opens what nodes gossip, and reads it: who came and went, and NetworkDB's tables. */
public final class OpenedGossip {
    private static final int MAX_DEPTH = 8;
    /** Engines take no longer message. */
    private static final int MAX_MESSAGE = 20 * 1024 * 1024;

    private static final int STREAM_HEADER = 5;
    private static final int MAP_OF_ONE = 0x81;
    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;
    private static final long DEAD = 2;
    private static final long LEFT = 3;

    private record EventKey(String member, MemberEvent.Kind kind, long incarnation, String by) {}

    private final Seal seal;
    private final Set<ByteBuffer> nonces = new HashSet<>();
    private final List<MemberEvent> ownEvents = new ArrayList<>();
    private final Tables tables = new Tables(ownEvents);
    private final Map<EventKey, Long> events = new LinkedHashMap<>();
    private final Map<String, String> addresses = new HashMap<>();
    private long opened;
    private long notOpened;
    private String firstProblem;
    private long malformed;
    private boolean isWhole = true;

    OpenedGossip(GossipKeys keys) {
        seal = new Seal(keys);
    }

    /**
     * Opens and reads packets.
     *
     * @param captures what was seen at each vantage; a message that several saw counts once
     */
    public static OpenedGossip of(GossipKeys keys, Collection<GossipPackets> captures) {
        OpenedGossip gossip = new OpenedGossip(keys);
        for (GossipPackets capture : captures) {
            gossip.isWhole &= !capture.isFull();
            List<GossipPackets.Packet> segments = new ArrayList<>();
            for (GossipPackets.Packet packet : capture.packets()) {
                if (packet.isTcp()) {
                    segments.add(packet);
                } else {
                    gossip.packet(packet);
                }
            }
            Streams.of(segments).forEach(gossip::stream);
        }
        return gossip;
    }

    private void packet(GossipPackets.Packet packet) {
        try {
            if (!packet.whole()) {
                throw new MalformedGossipException("only a part of a packet was captured");
            }
            Memberlist.Sealed content =
                    new Memberlist.Sealed(stream(packet.data().toArray()));
            open(content, packet.time(), seal::open);
        } catch (IOException | RuntimeException notEncrypted) {
            refuse(notEncrypted);
        }
    }

    private interface Opening {
        Optional<byte[]> open(Memberlist.Sealed message);
    }

    private void open(Memberlist.Sealed content, long time, Opening opening) {
        if (!nonces.add(ByteBuffer.wrap(content.nonce()))) {
            return;
        }
        Optional<byte[]> clear = opening.open(content);
        if (clear.isEmpty()) {
            notOpened++;
            return;
        }
        opened++;
        read(clear.get(), time);
    }

    /** Reads a message that is open. */
    void read(byte[] message, long time) {
        try {
            message(message, time, 0);
        } catch (IOException | RuntimeException wrong) {
            refuse(wrong);
        }
    }

    private void stream(Streams.Stream stream) {
        byte[] bytes = stream.bytes().toArray();
        KaitaiStream io = stream(bytes);
        try {
            while (!io.isEof()) {
                int begin = io.pos();
                Memberlist.Stream message = new Memberlist.Stream(io);
                open(
                        new Memberlist.Sealed(stream(message.sealed())),
                        stream.time(),
                        content -> seal.open(content, Arrays.copyOfRange(bytes, begin, begin + STREAM_HEADER)));
            }
        } catch (RuntimeException cutOrNotEncrypted) {
            refuse(cutOrNotEncrypted);
        }
    }

    private static KaitaiStream stream(byte[] bytes) {
        return new ByteBufferKaitaiStream(bytes);
    }

    /** What does not keep to the format is counted; whatever else is wrong is a fault of ours. */
    private void refuse(Exception problem) {
        boolean ofTheInput = problem instanceof IOException
                || problem instanceof KaitaiStream.KaitaiStructError
                || problem instanceof BufferUnderflowException
                || problem instanceof MessagePackException;
        if (!ofTheInput) {
            throw new IllegalStateException("gossip cannot be read", problem);
        }
        malformed++;
        if (firstProblem == null) {
            firstProblem = problem.getMessage();
        }
    }

    private void message(byte[] bytes, long time, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new MalformedGossipException("a message holds others more than " + MAX_DEPTH + " deep");
        }
        Memberlist message = new Memberlist(stream(bytes));
        if (message.body() instanceof Memberlist.Compound compound) {
            for (byte[] part : compound.messages()) {
                message(part, time, depth + 1);
            }
        } else if (message.body() instanceof Memberlist.Checked checked) {
            CRC32 crc = new CRC32();
            crc.update(checked.message());
            if (crc.getValue() != checked.crc()) {
                throw new MalformedGossipException("a message has a wrong CRC");
            }
            message(checked.message(), time, depth + 1);
        } else if (message.type() != null) {
            plain(message.type(), (byte[]) message.body(), time, depth);
        } else {
            throw new MalformedGossipException("a message has the unknown type " + bytes[0]);
        }
    }

    private void plain(Memberlist.MessageType type, byte[] body, long time, int depth) throws IOException {
        switch (type) {
            case COMPRESSED -> {
                PackedMap compressed = PackedMap.of(body);
                if (compressed.number("Algo") != 0) {
                    throw new MalformedGossipException("a message is compressed in an unknown way");
                }
                message(Lzw.decompress(compressed.bytes("Buf"), MAX_MESSAGE), time, depth + 1);
            }
            case ALIVE -> {
                PackedMap alive = PackedMap.of(body);
                address(alive.text("Node"), alive.bytes("Addr"));
                event(time, alive, MemberEvent.Kind.ALIVE, null);
            }
            case SUSPECT -> {
                PackedMap suspect = PackedMap.of(body);
                event(time, suspect, MemberEvent.Kind.SUSPECTED, suspect.text("From"));
            }
            case DEAD -> {
                PackedMap dead = PackedMap.of(body);
                boolean left = dead.text("Node").equals(dead.text("From"));
                event(time, dead, left ? MemberEvent.Kind.LEFT : MemberEvent.Kind.DEAD, dead.text("From"));
            }
            case PUSH_PULL -> pushPull(body, time);
            case USER -> tables.read(user(body), time);
            default -> {
                // probes and their answers tell who lives, which is seen without keys
            }
        }
    }

    /** In a stream a header says how long the message is; it begins with a map of one member, as no message of NetworkDB does. */
    private static byte[] user(byte[] body) throws IOException {
        if (body.length == 0 || (body[0] & 0xff) != MAP_OF_ONE) {
            return body;
        }
        PackedMap.Reader reader = new PackedMap.Reader(body);
        return reader.rest(reader.next().number("UserMsgLen"));
    }

    private void pushPull(byte[] body, long time) throws IOException {
        PackedMap.Reader reader = new PackedMap.Reader(body);
        PackedMap header = reader.next();
        for (long i = 0; i < header.number("Nodes"); i++) {
            PackedMap node = reader.next();
            address(node.text("Name"), node.bytes("Addr"));
            long state = node.number("State");
            if (state == DEAD || state == LEFT) {
                note(
                        time,
                        new EventKey(
                                node.text("Name"),
                                state == DEAD ? MemberEvent.Kind.DEAD : MemberEvent.Kind.LEFT,
                                node.number("Incarnation"),
                                null));
            }
        }
        byte[] state = reader.rest(header.number("UserStateLen"));
        if (state.length > 0) {
            tables.read(state, time);
        }
    }

    private void event(long time, PackedMap message, MemberEvent.Kind kind, String by) throws MalformedGossipException {
        note(time, new EventKey(message.text("Node"), kind, message.number("Incarnation"), by));
    }

    private void note(long time, EventKey event) {
        events.merge(event, time, Math::min);
    }

    private void address(String member, byte[] bytes) {
        if (bytes.length == IPV4_LENGTH) {
            addresses.put(member, new Ipv4Address(ByteBuffer.wrap(bytes).getInt()).toString());
        } else if (bytes.length == IPV6_LENGTH) {
            ByteBuffer halves = ByteBuffer.wrap(bytes);
            Address address = new Address(halves.getLong(), halves.getLong());
            addresses.put(
                    member,
                    address.isIpv4() ? address.toString() : new Ipv6Address(address.high(), address.low()).toString());
        }
    }

    // ---- for readers

    /** How many messages a key has opened. */
    public long opened() {
        return opened;
    }

    /** How many messages no key opens. */
    public long notOpened() {
        return notOpened;
    }

    /** How many packets and messages do not keep to the format, or were captured in part. */
    public long malformed() {
        return malformed;
    }

    /** What is wrong with the first of them; {@code null} if there is none. */
    public String firstProblem() {
        return firstProblem;
    }

    /** Whether all gossip of the captures was looked at; there may be more than fits in memory. */
    public boolean isWhole() {
        return isWhole;
    }

    /** Who came and went, oldest first; each told once, when it was first heard. */
    public List<MemberEvent> events() {
        Map<EventKey, Long> all = new LinkedHashMap<>(events);
        // who leaves says so twice: to memberlist and to NetworkDB
        ownEvents.stream()
                .filter(event -> event.kind() != MemberEvent.Kind.LEFT || !hasLeft(event.member()))
                .forEach(event ->
                        all.merge(new EventKey(event.member(), event.kind(), -1, event.by()), event.time(), Math::min));
        return all.entrySet().stream()
                .map(event -> new MemberEvent(
                        event.getValue(),
                        event.getKey().member(),
                        event.getKey().kind(),
                        event.getKey().by()))
                .sorted(Comparator.comparingLong(MemberEvent::time)
                        .thenComparing(MemberEvent::member)
                        .thenComparing(MemberEvent::kind)
                        .thenComparing(MemberEvent::by, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }

    private boolean hasLeft(String member) {
        return events.keySet().stream()
                .anyMatch(event ->
                        event.kind() == MemberEvent.Kind.LEFT && event.member().equals(member));
    }

    /** The address of a member, as gossip tells it; {@code null} if it does not. */
    public String address(String member) {
        return addresses.get(member);
    }

    /** The overlay peer tables of all networks. */
    public List<Entry<Peer>> peers() {
        return tables.entries(Peer.class);
    }

    /** The endpoint tables of all networks. */
    public List<Entry<Named>> named() {
        return tables.entries(Named.class);
    }
}
