package dev.swarmlens.analyzer.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A wheel whose backends come, go and drain while it turns. A backend that is there is met once a turn; so one that is met
 * first after more than a turn came then, and one that is not met for more than a turn had gone. Between such changes the
 * wheel is like any other.
 */
final class ChangingWheel {

    /** From which connection to before which a backend was met, at once after the one and before the other if it was there. */
    private record Presence(int backend, int from, int to) {}

    /**
     * A time in which the backends were the same.
     *
     * @param from the first connection of it
     * @param to the first connection after it
     * @param present how many backends were there that have a name of their own
     * @param wheel what the connections in it tell; {@code null} if they are too few
     */
    private record Stretch(int from, int to, int present, Wheel wheel) {
        /** How many backends have no name of their own: on the wire they look like another. */
        int nameless() {
            return wheel == null ? 0 : wheel.backends() - present;
        }
    }

    private static final int MOST_PRESENCES = 2;

    private final int connections;
    private final List<Presence> presences;
    private final List<Stretch> stretches = new ArrayList<>();
    private final int[] nameless;

    private ChangingWheel(int connections, List<Presence> presences, int[] sequence) {
        this.connections = connections;
        this.presences = presences;
        SortedSet<Integer> changes = changes(presences);
        int from = 0;
        for (int to : changes.tailSet(1)) {
            int begin = from;
            int present = (int) presences.stream()
                    .filter(presence -> presence.from() <= begin && presence.to() >= to)
                    .count();
            stretches.add(new Stretch(from, to, present, Wheel.of(Arrays.copyOfRange(sequence, from, to))));
            from = to;
        }
        nameless = nameless(stretches);
    }

    /**
     * Finds the wheel. That backends came and went is believed only if it explains the order: the address of a task that
     * has gone is not given to another soon, so a backend that seems to come back again and again was never gone.
     *
     * @param sequence the backends in the order of the connections, as {@link Wheel#numbered} has them
     */
    static ChangingWheel of(int[] sequence) {
        int names = Arrays.stream(sequence).max().orElse(-1) + 1;
        List<Presence> always = IntStream.range(0, names)
                .mapToObj(backend -> new Presence(backend, 0, sequence.length))
                .toList();
        ChangingWheel steady = new ChangingWheel(sequence.length, always, sequence);
        if (steady.turns() && steady.outOfOrder() == 0) {
            return steady;
        }
        int[][] meetings = meetings(sequence, names);
        int turn = turn(meetings, names);
        List<Presence> presences = new ArrayList<>();
        for (int backend = 0; backend < names; backend++) {
            addPresences(presences, meetings[backend], backend, turn, sequence.length);
        }
        if (presences.size() > MOST_PRESENCES * names) {
            return steady;
        }
        ChangingWheel changing = new ChangingWheel(sequence.length, presences, sequence);
        boolean explains = changing.turns()
                && changing.outOfOrder() <= steady.outOfOrder() / 2
                && 3 * (changing.inOrder() + changing.outOfOrder()) >= sequence.length - turn;
        return explains ? changing : steady;
    }

    private SortedSet<Integer> changes(List<Presence> of) {
        SortedSet<Integer> changes = new TreeSet<>(List.of(0, connections));
        for (Presence presence : of) {
            changes.add(presence.from());
            changes.add(presence.to());
        }
        return changes;
    }

    /** The connections that met each backend. */
    private static int[][] meetings(int[] sequence, int names) {
        int[] counts = new int[names];
        for (int backend : sequence) {
            counts[backend]++;
        }
        int[][] meetings = new int[names][];
        for (int backend = 0; backend < names; backend++) {
            meetings[backend] = new int[counts[backend]];
        }
        Arrays.fill(counts, 0);
        for (int i = 0; i < sequence.length; i++) {
            meetings[sequence[i]][counts[sequence[i]]++] = i;
        }
        return meetings;
    }

    /** About how many connections a turn has: the median distance of two that met the same backend. */
    private static int turn(int[][] meetings, int names) {
        int[] distances = Arrays.stream(meetings)
                .flatMapToInt(of -> IntStream.range(1, of.length).map(i -> of[i] - of[i - 1]))
                .sorted()
                .toArray();
        return distances.length == 0 ? names : Math.max(names, distances[distances.length / 2]);
    }

    private static void addPresences(List<Presence> presences, int[] meetings, int backend, int turn, int connections) {
        int count = meetings.length;
        int firstTurn = count == 1 ? turn : Math.max(turn, meetings[1] - meetings[0]);
        int lastTurn = count == 1 ? turn : Math.max(turn, meetings[count - 1] - meetings[count - 2]);
        int from = meetings[0] < firstTurn ? 0 : meetings[0];
        for (int i = 1; i < count; i++) {
            if (meetings[i] - meetings[i - 1] > 2 * turn) {
                presences.add(new Presence(backend, from, meetings[i - 1] + 1));
                from = meetings[i];
                lastTurn = turn;
            }
        }
        int last = meetings[count - 1];
        presences.add(new Presence(backend, from, connections - last <= lastTurn ? connections : last + 1));
    }

    /** The nameless of each stretch; where it is too short to tell, as many as before, or as after. */
    private static int[] nameless(List<Stretch> stretches) {
        int[] nameless = new int[stretches.size()];
        int known = 0;
        while (known < nameless.length && stretches.get(known).wheel() == null) {
            known++;
        }
        int latest = known < nameless.length ? stretches.get(known).nameless() : 0;
        for (int i = 0; i < nameless.length; i++) {
            latest =
                    stretches.get(i).wheel() == null ? latest : stretches.get(i).nameless();
            nameless[i] = latest;
        }
        return nameless;
    }

    private int backends(int stretch) {
        return stretches.get(stretch).present() + nameless[stretch];
    }

    /** Whether it was seen to turn at all. */
    boolean turns() {
        return stretches.stream().anyMatch(stretch -> stretch.wheel() != null);
    }

    long inOrder() {
        return stretches.stream()
                .filter(stretch -> stretch.wheel() != null)
                .mapToLong(stretch -> stretch.wheel().inOrder())
                .sum();
    }

    long outOfOrder() {
        return stretches.stream()
                .filter(stretch -> stretch.wheel() != null)
                .mapToLong(stretch -> stretch.wheel().outOfOrder())
                .sum();
    }

    /** How many backends there were since which connection: pairs, one for each change of the number. */
    List<int[]> changes() {
        List<int[]> changes = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            if (changes.isEmpty() || changes.get(changes.size() - 1)[1] != backends(i)) {
                changes.add(new int[] {stretches.get(i).from(), backends(i)});
            }
        }
        return changes;
    }

    /**
     * How many of the connections each backend should have met: its fair share while it was there, by number. It came less
     * than a turn before it was met first, and went less than a turn after it was met last: half a turn, on the average.
     */
    double[] expected() {
        int backends = 1 + presences.stream().mapToInt(Presence::backend).max().orElse(-1);
        List<Presence> widened = presences.stream().map(this::widened).toList();
        SortedSet<Integer> changes = changes(widened);
        stretches.forEach(stretch -> changes.add(stretch.from()));
        double[] expected = new double[backends];
        int from = 0;
        int stretch = 0;
        for (int to : changes.tailSet(1)) {
            while (stretches.get(stretch).to() <= from) {
                stretch++;
            }
            int begin = from;
            List<Presence> there = widened.stream()
                    .filter(presence -> presence.from() <= begin && presence.to() >= to)
                    .toList();
            for (Presence presence : there) {
                expected[presence.backend()] += (double) (to - from) / (there.size() + nameless[stretch]);
            }
            from = to;
        }
        return expected;
    }

    private Presence widened(Presence presence) {
        int turn = 1;
        for (int i = 0; i < stretches.size(); i++) {
            if (stretches.get(i).from() < presence.to() && stretches.get(i).to() > presence.from()) {
                turn = Math.max(turn, backends(i));
            }
        }
        int before = (turn - 1) / 2;
        return new Presence(
                presence.backend(),
                Math.max(0, presence.from() - before),
                Math.min(connections, presence.to() + turn - 1 - before));
    }
}
