package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Docker's own DNS, which each container finds at 127.0.0.11, answered: of each name the last good answer, and all refusals
 * since. Of so many names and refusals that memory stays bounded.
 */
final class DnsAnswers {
    private static final Address RESOLVER = Address.of("127.0.0.11");
    private static final int PORT = 53;

    private static final int MAX_NAMES = 1000;
    private static final int MAX_ADDRESSES = 64;
    private static final int MAX_REFUSALS = 200;

    /** Where a name was asked for. */
    private record Asked(int order, int interfaceIndex, String name) {}

    /** What became of a name. */
    static final class History {
        private final String name;
        private Packet good;
        private final Set<Address> addresses = new LinkedHashSet<>();
        private final List<Packet> refusals = new ArrayList<>();

        private History(String name) {
            this.name = name;
        }

        /** The name that was asked for. */
        String name() {
            return name;
        }

        /** The last good answer; {@code null} if there is none. */
        Packet good() {
            return good;
        }

        /** The addresses of all good answers. */
        Set<Address> addresses() {
            return addresses;
        }

        /** The answers since the last good one that there is no such name; of very many the first ones and the last one. */
        List<Packet> refusals() {
            return refusals;
        }

        private void add(DnsAnswer answer, Packet packet) {
            if (answer.code() == DnsAnswer.NO_ERROR) {
                if (good == null || packet.time() > good.time()) {
                    good = packet;
                    refusals.removeIf(refusal -> refusal.time() <= packet.time());
                }
                answer.addresses().stream()
                        .limit(MAX_ADDRESSES - addresses.size())
                        .forEach(addresses::add);
            } else if (answer.code() == DnsAnswer.NO_SUCH_NAME && (good == null || packet.time() > good.time())) {
                if (refusals.size() < MAX_REFUSALS) {
                    refusals.add(packet);
                } else if (packet.time() > refusals.get(MAX_REFUSALS - 1).time()) {
                    refusals.set(MAX_REFUSALS - 1, packet);
                }
            }
        }
    }

    private final Map<Asked, History> histories = new LinkedHashMap<>();

    /** Whether a conversation has answers of the resolver. */
    static boolean isIn(Conversations rows, int row) {
        for (int direction = 0; direction < 2; direction++) {
            if (rows.vni(row) == Sighting.UNDERLAY
                    && rows.protocol(row) == IpProtocol.UDP.code()
                    && rows.port(row, direction) == PORT
                    && rows.packets(row, direction) > 0
                    && rows.address(row, direction).equals(RESOLVER)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a packet is an answer of the resolver. */
    static boolean isAnswer(Sighting sighting) {
        return sighting.hasIp
                && sighting.vni == Sighting.UNDERLAY
                && sighting.protocol == IpProtocol.UDP.code()
                && sighting.sourcePort == PORT
                && sighting.sourceLow == RESOLVER.low()
                && sighting.sourceHigh == RESOLVER.high()
                && sighting.time != Long.MIN_VALUE;
    }

    /** Notes an answer, and returns the addresses that are known of its name. */
    Set<Address> add(DnsAnswer answer, Packet packet) {
        Asked asked = new Asked(packet.order(), packet.interfaceIndex(), answer.name());
        History history = histories.get(asked);
        if (history == null && histories.size() < MAX_NAMES) {
            history = new History(answer.name());
            histories.put(asked, history);
        }
        if (history == null) {
            return Set.of();
        }
        history.add(answer, packet);
        return history.addresses();
    }

    /** All names, each for each interface of each file. */
    List<History> histories() {
        return List.copyOf(histories.values());
    }
}
