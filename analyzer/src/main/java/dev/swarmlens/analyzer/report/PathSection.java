package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.report.Report.CaptureKind;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The ways of TCP connections. What address translation leaves alone joins what the captures saw of a connection: the
 * initial sequence number, the port asked, and the initiator's port or the SYN's timestamp. The time to live tells the order
 * of the legs, and the nodes that of the captures on a leg.
 */
final class PathSection {
    /** The order of paths in JSON. */
    static final Comparator<Report.Path> BY_KEY = Comparator.comparing(
                    Report.Path::start, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Report.Path::client)
            .thenComparing(Report.Path::asked);

    private static final Comparator<Report.Path> STOPPED_FIRST =
            Comparator.comparing((Report.Path path) -> path.stopped() == null).thenComparing(BY_KEY);

    private static final int TCP = IpProtocol.TCP.code();
    private static final int ORIGINAL_TTL = 64;
    private static final int INWARDS = 14;
    /** What is nearer to a capture's begin or end than this may have been missed there. */
    private static final long MARGIN = 500_000_000;

    private final Names names;
    private final List<Vantage> vantages;
    private final CaptureKinds kinds;
    private final List<Report.Path> paths = new ArrayList<>();

    PathSection(Names names, List<Vantage> vantages, CaptureKinds kinds) {
        this.names = names;
        this.vantages = vantages;
        this.kinds = kinds;
        Map<Leg.Connection, List<Sight>> byConnection = new LinkedHashMap<>();
        for (Vantage vantage : vantages) {
            Conversations conversations = vantage.seen().flows().conversations();
            for (int row = 0; row < conversations.size(); row++) {
                if (conversations.protocol(row) == TCP && conversations.initiator(row) != Conversations.NONE) {
                    Sight sight = new Sight(vantage, row);
                    byConnection
                            .computeIfAbsent(sight.connection(), any -> new ArrayList<>())
                            .add(sight);
                }
            }
        }
        byConnection.values().forEach(sights -> {
            while (!sights.isEmpty()) {
                paths.add(path(takeOne(sights)));
            }
        });
    }

    /** Takes the sights of one connection out of those with as much in common. */
    private static List<Sight> takeOne(List<Sight> sights) {
        List<Sight> one = new ArrayList<>(List.of(sights.remove(0)));
        for (int i = 0; i < one.size(); i++) {
            Sight known = one.get(i);
            List<Sight> more = sights.stream().filter(known::agreesWith).toList();
            sights.removeAll(more);
            one.addAll(more);
        }
        return one;
    }

    /** The two ends of a leg. */
    private record Ends(Address initiator, Address responder) {}

    /** What a capture saw of a connection. */
    private final class Sight {
        private final Vantage vantage;
        private final int row;
        private final int initiator;

        Sight(Vantage vantage, int row) {
            this.vantage = vantage;
            this.row = row;
            this.initiator = seen().initiator(row);
        }

        private Conversations seen() {
            return vantage.seen().flows().conversations();
        }

        Leg.Connection connection() {
            return new Leg.Connection(TCP, seen().port(row, 1 - initiator), seen().initialSequence(row), 0);
        }

        boolean agreesWith(Sight other) {
            long timestamp = seen().timestampValue(row);
            return seen().port(row, initiator) == other.seen().port(other.row, other.initiator)
                    || timestamp >= 0 && timestamp == other.seen().timestampValue(other.row);
        }

        Ends ends() {
            return new Ends(seen().address(row, initiator), seen().address(row, 1 - initiator));
        }

        /** The time to live at which the initiator's packets are here; of those that were not seen here, the least. */
        int timeToLive() {
            return seen().timeToLive(row, initiator);
        }

        boolean isTunnelled() {
            return seen().vni(row) != Sighting.UNDERLAY;
        }

        CaptureKind kind() {
            return kinds.of(vantage);
        }

        long first() {
            return seen().first(row);
        }

        long progress(int direction) {
            return seen().packets(row, direction) == 0 ? 0 : 1 + seen().dataBytes(row, direction);
        }
    }

    /** A place on a path: where something was seen, or should have been. */
    private record Place(Sight sight, Vantage vantage, CaptureKind kind, int leg, int rank) {
        static final Comparator<Place> ORDER = Comparator.comparingInt(Place::leg)
                .thenComparingInt(Place::rank)
                .thenComparingLong(place -> place.sight.first())
                .thenComparing(place -> place.vantage.node());

        boolean isSeen() {
            return sight.vantage == vantage;
        }

        long forward() {
            return isSeen() ? sight.progress(sight.initiator) : 0;
        }

        long reverse() {
            return isSeen() ? sight.progress(1 - sight.initiator) : 0;
        }

        /** Whether all that another place saw would have been captured here. */
        boolean couldSee(Place other) {
            Conversations seen = other.sight.seen();
            return vantage.ranFrom(seen.first(other.sight.row) - MARGIN, seen.last(other.sight.row) + MARGIN);
        }
    }

    private Report.Path path(List<Sight> sights) {
        Map<Ends, List<Sight>> byLeg = new HashMap<>();
        sights.forEach(sight ->
                byLeg.computeIfAbsent(sight.ends(), any -> new ArrayList<>()).add(sight));
        List<List<Sight>> legs = new ArrayList<>(byLeg.values());
        legs.sort(Comparator.<List<Sight>>comparingInt(leg -> -timeToLive(leg))
                .thenComparingLong(
                        leg -> leg.stream().mapToLong(Sight::first).min().orElseThrow())
                .thenComparing(leg -> leg.get(0).ends().initiator()));
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < legs.size(); i++) {
            add(i, legs.get(i), places);
        }
        places.sort(Place.ORDER);
        removeBystanders(places);
        List<Report.Hop> hops = places.stream().map(PathSection::hop).toList();
        Report.Hop first = hops.get(0);
        long start = sights.stream().mapToLong(Sight::first).min().orElseThrow();
        return new Report.Path(Times.orNull(start), first.from(), first.to(), hops, stop(places));
    }

    /** A bridge that has forgotten an address sends a packet to all: who saw no answer where others did is not on the way. */
    private static void removeBystanders(List<Place> places) {
        boolean answered = false;
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            if (answered && place.isSeen() && !place.sight.isTunnelled() && place.reverse() == 0) {
                places.remove(i--);
            }
            answered |= place.reverse() > 0;
        }
    }

    private static int timeToLive(List<Sight> leg) {
        return leg.stream().mapToInt(Sight::timeToLive).max().orElseThrow();
    }

    private void add(int number, List<Sight> leg, List<Place> places) {
        Address before = vtep(leg, true);
        Address behind = vtep(leg, false);
        boolean forwarded = timeToLive(leg) != ORIGINAL_TTL;
        for (Sight sight : leg) {
            Address home = names.home(sight.vantage);
            boolean inbound = home != null && home.equals(behind) && !home.equals(before);
            places.add(new Place(sight, sight.vantage, sight.kind(), number, rank(sight.kind(), inbound, forwarded)));
        }
        Optional<Sight> sent = leg.stream().filter(Sight::isTunnelled).findFirst();
        if (sent.isPresent()) {
            addUnseen(number, sent.get(), before, before, places);
            addUnseen(number, sent.get(), behind, before, places);
        }
    }

    /** The tunnel endpoint on one side of a leg, or for an underlay's leg the node that was asked; {@code null} if there is none. */
    private Address vtep(List<Sight> leg, boolean ofInitiator) {
        for (Sight sight : leg) {
            Address vtep = Talk.vtep(sight.vantage, sight.row, ofInitiator ? sight.initiator : 1 - sight.initiator);
            if (vtep != null) {
                return vtep;
            }
        }
        return ofInitiator ? null : leg.get(0).ends().responder();
    }

    /** A tunnel's packets pass the underlay of both nodes. */
    private void addUnseen(int leg, Sight sight, Address node, Address before, List<Place> places) {
        Predicate<Vantage> isThere = vantage ->
                node.equals(names.home(vantage)) && vantage.seen().tunnels().size() > 0;
        Stream<Place> onLeg = places.stream().filter(place -> place.leg == leg && place.sight.isTunnelled());
        if (onLeg.noneMatch(place -> isThere.test(place.vantage))) {
            vantages.stream()
                    .filter(isThere)
                    .filter(vantage -> vantage.ranFrom(sight.first() - MARGIN, sight.first() + MARGIN))
                    .min(Comparator.comparing(Vantage::isCooked))
                    .ifPresent(vantage -> places.add(new Place(
                            sight,
                            vantage,
                            kinds.of(vantage),
                            leg,
                            rank(kinds.of(vantage), !node.equals(before), true))));
        }
    }

    /** The place of a capture on a leg: from the initiator outwards, or inwards to the responder. */
    private static int rank(CaptureKind kind, boolean inbound, boolean forwarded) {
        int out = switch (kind) {
            case OUTSIDE -> 0;
            case CONTAINER -> forwarded ? 7 : 1;
            case LOAD_BALANCER -> forwarded ? 1 : 7;
            case OVERLAY -> 2;
            case OVERLAY_BRIDGE -> 3;
            case VXLAN -> 4;
            case ANY, DOCKER_GWBRIDGE, UNKNOWN -> 5;
            case UNDERLAY -> 6;
        };
        boolean atTheEnd = kind == CaptureKind.CONTAINER || kind == CaptureKind.LOAD_BALANCER;
        return inbound ? INWARDS - (atTheEnd ? 1 : out) : out;
    }

    private static Report.Hop hop(Place place) {
        Sight sight = place.sight;
        Conversations seen = sight.seen();
        int responder = 1 - sight.initiator;
        boolean here = place.isSeen();
        return new Report.Hop(
                place.vantage.node(),
                place.kind,
                sight.isTunnelled() ? seen.vni(sight.row) : null,
                new Report.Socket(
                        seen.address(sight.row, sight.initiator).toString(), seen.port(sight.row, sight.initiator)),
                new Report.Socket(seen.address(sight.row, responder).toString(), seen.port(sight.row, responder)),
                here ? seen.packets(sight.row, sight.initiator) : 0,
                here ? seen.packets(sight.row, responder) : 0,
                here ? seen.dataBytes(sight.row, sight.initiator) : 0,
                here ? seen.dataBytes(sight.row, responder) : 0,
                here ? Times.orNull(sight.first()) : null);
    }

    private static Report.Stop stop(List<Place> places) {
        int last = places.size() - 1;
        for (int i = 0; i < last; i++) {
            if (places.get(i + 1).forward() < places.get(i).forward()
                    && places.get(i + 1).couldSee(places.get(i))) {
                return new Report.Stop(false, i, i + 1);
            }
        }
        for (int i = last; i > 0; i--) {
            if (places.get(i - 1).reverse() < places.get(i).reverse()
                    && places.get(i - 1).couldSee(places.get(i))) {
                return new Report.Stop(true, i, i - 1);
            }
        }
        boolean answered = places.stream().anyMatch(place -> place.reverse() > 0);
        return answered ? null : new Report.Stop(false, last, null);
    }

    /** How many connections there are. */
    long total() {
        return paths.size();
    }

    /** Some of them, those first that stopped. */
    List<Report.Path> worst(int limit) {
        return paths.stream().sorted(STOPPED_FIRST).limit(limit).toList();
    }
}
