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
import java.nio.charset.StandardCharsets;
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
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/** Opens what nodes gossip, and reads it: who came and went, and NetworkDB's tables. */
public final class OpenedGossip {
    private static final int MAX_DEPTH = 8;
    /** Engines take no longer message. */
    private static final int MAX_MESSAGE = 20 * 1024 * 1024;

    private static final int STREAM_HEADER = 5;
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

    private OpenedGossip(GossipKeys keys) {
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

    private void open(Memberlist.Sealed content, long time, Opening opening) throws IOException {
        if (!nonces.add(ByteBuffer.wrap(content.nonce()))) {
            return;
        }
        Optional<byte[]> clear = opening.open(content);
        if (clear.isEmpty()) {
            notOpened++;
            return;
        }
        opened++;
        message(clear.get(), time, 0);
    }

    private void stream(Streams.Stream stream) {
        byte[] bytes = stream.bytes().toArray();
        int at = 0;
        try {
            while (at < bytes.length) {
                byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
                Memberlist.Stream message = new Memberlist.Stream(stream(rest));
                open(
                        new Memberlist.Sealed(stream(message.sealed())),
                        stream.time(),
                        content -> seal.open(content, Arrays.copyOf(rest, STREAM_HEADER)));
                at += STREAM_HEADER + message.sealed().length;
            }
        } catch (IOException | RuntimeException cutOrNotEncrypted) {
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
                Map<String, Value> compressed = map(MessagePack.newDefaultUnpacker(body));
                if (number(compressed, "Algo") != 0) {
                    throw new MalformedGossipException("a message is compressed in an unknown way");
                }
                message(Lzw.decompress(raw(compressed, "Buf"), MAX_MESSAGE), time, depth + 1);
            }
            case ALIVE -> {
                Map<String, Value> alive = map(MessagePack.newDefaultUnpacker(body));
                address(text(alive, "Node"), raw(alive, "Addr"));
                event(time, alive, MemberEvent.Kind.ALIVE, null);
            }
            case SUSPECT -> {
                Map<String, Value> suspect = map(MessagePack.newDefaultUnpacker(body));
                event(time, suspect, MemberEvent.Kind.SUSPECTED, text(suspect, "From"));
            }
            case DEAD -> {
                Map<String, Value> dead = map(MessagePack.newDefaultUnpacker(body));
                boolean left = text(dead, "Node").equals(text(dead, "From"));
                event(time, dead, left ? MemberEvent.Kind.LEFT : MemberEvent.Kind.DEAD, text(dead, "From"));
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
        if (body.length == 0 || (body[0] & 0xff) != 0x81) {
            return body;
        }
        MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(body);
        long length = number(map(unpacker), "UserMsgLen");
        return rest(unpacker, body, length);
    }

    private static byte[] rest(MessageUnpacker unpacker, byte[] body, long length) throws MalformedGossipException {
        int from = (int) unpacker.getTotalReadBytes();
        if (length < 0 || length > body.length - from) {
            throw new MalformedGossipException("a message of " + length + " bytes has only " + (body.length - from));
        }
        return Arrays.copyOfRange(body, from, from + (int) length);
    }

    private void pushPull(byte[] body, long time) throws IOException {
        MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(body);
        Map<String, Value> header = map(unpacker);
        for (long i = 0; i < number(header, "Nodes"); i++) {
            Map<String, Value> node = map(unpacker);
            address(text(node, "Name"), raw(node, "Addr"));
            long state = number(node, "State");
            if (state == DEAD || state == LEFT) {
                note(
                        time,
                        new EventKey(
                                text(node, "Name"),
                                state == DEAD ? MemberEvent.Kind.DEAD : MemberEvent.Kind.LEFT,
                                number(node, "Incarnation"),
                                null));
            }
        }
        byte[] state = rest(unpacker, body, number(header, "UserStateLen"));
        if (state.length > 0) {
            tables.read(state, time);
        }
    }

    private void event(long time, Map<String, Value> message, MemberEvent.Kind kind, String by)
            throws MalformedGossipException {
        note(time, new EventKey(text(message, "Node"), kind, number(message, "Incarnation"), by));
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

    private static Map<String, Value> map(MessageUnpacker unpacker) throws IOException {
        Map<String, Value> map = new HashMap<>();
        int size = unpacker.unpackMapHeader();
        for (int i = 0; i < size; i++) {
            Value key = unpacker.unpackValue();
            if (!key.isRawValue()) {
                throw new MalformedGossipException("a message has a member without a name");
            }
            map.put(key.asRawValue().asString(), unpacker.unpackValue());
        }
        return map;
    }

    private static byte[] raw(Map<String, Value> map, String name) throws MalformedGossipException {
        Value value = map.get(name);
        if (value == null || value.isNilValue()) {
            return new byte[0];
        }
        if (!value.isRawValue()) {
            throw new MalformedGossipException("a message's " + name + " is no string");
        }
        return value.asRawValue().asByteArray();
    }

    private static String text(Map<String, Value> map, String name) throws MalformedGossipException {
        return new String(raw(map, name), StandardCharsets.UTF_8);
    }

    private static long number(Map<String, Value> map, String name) throws MalformedGossipException {
        Value value = map.get(name);
        if (value == null || value.isNilValue()) {
            return 0;
        }
        if (!value.isIntegerValue() || !value.asIntegerValue().isInLongRange()) {
            throw new MalformedGossipException("a message's " + name + " is no number");
        }
        return value.asIntegerValue().toLong();
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
