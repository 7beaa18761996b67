package dev.swarmlens.analyzer.summary;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * The echo requests and replies of one conversation.
 *
 * <p>A reply answers the latest request of its number that has no reply yet, as a closing bracket closes the latest open
 * one; so that it does not matter where a capture was cut.
 */
public final class EchoTimes {
    private static final int PRECISION = 3;
    private static final long NANOS_PER_MICRO = 1000;
    private static final long NO_TIME = Long.MIN_VALUE;

    private long requests;
    private long replies;
    private final Pending openRequests = new Pending();
    private final Pending earlyReplies = new Pending();
    private final Histogram micros = new Histogram(PRECISION);

    EchoTimes() {}

    /** Numbers and times that wait for their counterpart, oldest first. */
    private static final class Pending {
        /** More than a round trip holds: what is older waits in vain. */
        private static final int MAX = 4096;

        private int[] numbers = new int[4];
        private long[] times = new long[4];
        private int count;

        void add(int number, long time) {
            if (count == MAX) {
                forgetOldest(MAX / 2);
            }
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
                times = Arrays.copyOf(times, 2 * count);
            }
            numbers[count] = number;
            times[count++] = time;
        }

        private void forgetOldest(int number) {
            count -= number;
            System.arraycopy(numbers, number, numbers, 0, count);
            System.arraycopy(times, number, times, 0, count);
        }

        int latest(int number) {
            int at = count - 1;
            while (at >= 0 && numbers[at] != number) {
                at--;
            }
            return at;
        }

        long remove(int at) {
            long time = times[at];
            System.arraycopy(numbers, at + 1, numbers, at, count - at - 1);
            System.arraycopy(times, at + 1, times, at, count - at - 1);
            count--;
            return time;
        }
    }

    void request(int number, long time) {
        requests++;
        openRequests.add(number, time);
    }

    void reply(int number, long time) {
        replies++;
        match(number, time);
    }

    private void match(int number, long time) {
        int at = openRequests.latest(number);
        if (at < 0) {
            earlyReplies.add(number, time);
            return;
        }
        long requested = openRequests.remove(at);
        if (requested != NO_TIME && time != NO_TIME) {
            // a clock that was set back between the two would make a negative time
            micros.recordValue(Math.max(0, time - requested) / NANOS_PER_MICRO);
        }
    }

    void absorb(EchoTimes later) {
        requests += later.requests;
        replies += later.replies;
        micros.add(later.micros);
        for (int i = 0; i < later.earlyReplies.count; i++) {
            match(later.earlyReplies.numbers[i], later.earlyReplies.times[i]);
        }
        for (int i = 0; i < later.openRequests.count; i++) {
            openRequests.add(later.openRequests.numbers[i], later.openRequests.times[i]);
        }
    }

    /** How many requests there were. */
    public long requests() {
        return requests;
    }

    /** How many replies there were. */
    public long replies() {
        return replies;
    }

    /** Round-trip times in microseconds. */
    public Histogram micros() {
        return micros;
    }
}
