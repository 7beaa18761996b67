package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.report.EndpointSection.Claimant;
import dev.swarmlens.analyzer.summary.Claims;
import dev.swarmlens.analyzer.summary.Turns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who had one overlay address when, by all vantages together. Whoever sends from it after another has fallen silent has taken
 * it over: it has moved. Where two send at the same time, or again and again in turn, it is contested.
 */
final class Tenure {
    /** To somewhere, back, and there again; who alternates more often does not move. */
    private static final int MAX_MOVES = 3;

    /** A time in which one claimant, and no other that the vantage saw, sent. */
    private record Turn(Claimant claimant, long first, long last) {}

    private static final Comparator<Turn> BY_TIME = Comparator.comparingLong(Turn::first)
            .thenComparingLong(Turn::last)
            .thenComparing(turn -> turn.claimant().vtep())
            .thenComparingLong(turn -> turn.claimant().mac());

    private final Map<Vantage, List<Turn>> seen = new LinkedHashMap<>();
    private long mostTurns = 1;
    /** The turns of all vantages, joined; made when first asked for. */
    private List<Turn> joined;

    /** Adds a claim that a vantage saw. */
    void add(Vantage vantage, int row) {
        Claims claims = vantage.seen().claims();
        Turns turns = claims.turns(row);
        if (turns == null) {
            add(vantage, row, claims.first(row), claims.last(row));
            return;
        }
        mostTurns = Math.max(mostTurns, turns.total());
        for (int turn = 0; turn < turns.size(); turn++) {
            if (turns.claim(turn) == row) {
                add(vantage, row, turns.first(turn), turns.last(turn));
            }
        }
    }

    private void add(Vantage vantage, int row, long first, long last) {
        seen.computeIfAbsent(vantage, any -> new ArrayList<>())
                .add(new Turn(EndpointSection.claimant(vantage.seen().claims(), row), first, last));
    }

    /**
     * What those say that saw all claimants. Who saw but one does not know when it was silent, only when it first and last was not;
     * if nobody saw all, what each says must do.
     */
    private List<Turn> witnessed() {
        long claimants = claimants(seen.values().stream().flatMap(List::stream));
        boolean anySawAll = seen.values().stream().anyMatch(turns -> claimants(turns.stream()) == claimants);
        List<Turn> witnessed = new ArrayList<>();
        for (List<Turn> turns : seen.values()) {
            for (Turn turn : turns) {
                if (!anySawAll || claimants(turns.stream()) == claimants) {
                    witnessed.add(turn);
                } else {
                    witnessed.add(new Turn(turn.claimant(), turn.first(), turn.first()));
                    witnessed.add(new Turn(turn.claimant(), turn.last(), turn.last()));
                }
            }
        }
        witnessed.sort(BY_TIME);
        return witnessed;
    }

    private static long claimants(Stream<Turn> turns) {
        return turns.map(Turn::claimant).distinct().count();
    }

    private List<Turn> joined() {
        if (joined == null) {
            joined = new ArrayList<>();
            for (Turn turn : witnessed()) {
                Turn before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
                if (before != null && before.claimant().equals(turn.claimant())) {
                    joined.set(
                            joined.size() - 1,
                            new Turn(turn.claimant(), before.first(), Math.max(before.last(), turn.last())));
                } else {
                    joined.add(turn);
                }
            }
        }
        return joined;
    }

    /** How many turns there were, at least. */
    long turns() {
        return Math.max(mostTurns, joined().size());
    }

    /** Whether several claimed the address at once, or in turn too often to have moved. */
    boolean isContested() {
        List<Turn> turns = joined();
        for (int i = 1; i < turns.size(); i++) {
            if (turns.get(i).first() <= turns.get(i - 1).last()) {
                return true;
            }
        }
        return turns() > MAX_MOVES + 1;
    }

    /** Who claimed it after all others had ceased; {@code null} if it is contested. */
    Claimant latest() {
        return isContested() ? null : joined().get(joined().size() - 1).claimant();
    }

    /** The times in which a claimant sent and no other did; as many as are known. */
    List<Report.Interval> intervals(Claimant claimant) {
        return joined().stream()
                .filter(turn -> turn.claimant().equals(claimant))
                .map(turn -> new Report.Interval(Times.orNull(turn.first()), Times.orNull(turn.last())))
                .toList();
    }

    /** How it went from one to another; empty if it is contested. */
    List<Report.Move> moves() {
        List<Report.Move> moves = new ArrayList<>();
        List<Turn> turns = isContested() ? List.of() : joined();
        for (int i = 1; i < turns.size(); i++) {
            Turn from = turns.get(i - 1);
            Turn to = turns.get(i);
            moves.add(new Report.Move(
                    from.claimant().vtep().toString(),
                    EndpointSection.mac(from.claimant()),
                    to.claimant().vtep().toString(),
                    EndpointSection.mac(to.claimant()),
                    Times.orNull(from.last()),
                    Times.orNull(to.first())));
        }
        return moves;
    }
}
