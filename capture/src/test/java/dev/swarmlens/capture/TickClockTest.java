package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Time stamps of every resolution, against arithmetic that cannot overflow. */
class TickClockTest {
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    private static long expected(int base, int exponent, long offset, long ticks) {
        BigInteger whole = new BigInteger(Long.toUnsignedString(ticks))
                .multiply(NANOS)
                .divide(BigInteger.valueOf(base).pow(exponent));
        BigInteger nanos = whole.add(BigInteger.valueOf(offset).multiply(NANOS));
        // The clock alone must fit too, so that a negative offset does not bring back what was too large.
        boolean fits = whole.bitLength() < Long.SIZE && nanos.bitLength() < Long.SIZE;
        return fits ? nanos.longValueExact() : Frame.NO_TIME;
    }

    @Property
    void decimal(@ForAll @IntRange(max = 127) int exponent, @ForAll long ticks) {
        assertThat(new TickClock(new TimeResolution(10, exponent), 0).nanos(ticks))
                .isEqualTo(expected(10, exponent, 0, ticks));
    }

    @Property
    void usualDecimal(@ForAll @IntRange(max = 12) int exponent, @ForAll long ticks) {
        assertThat(new TickClock(new TimeResolution(10, exponent), 0).nanos(ticks))
                .isEqualTo(expected(10, exponent, 0, ticks));
    }

    @Property
    void binary(@ForAll @IntRange(max = 127) int exponent, @ForAll long ticks) {
        assertThat(new TickClock(new TimeResolution(2, exponent), 0).nanos(ticks))
                .isEqualTo(expected(2, exponent, 0, ticks));
    }

    @Property
    void offset(
            @ForAll boolean decimal,
            @ForAll @IntRange(max = 40) int exponent,
            @ForAll @LongRange(min = -10_000_000_000L, max = 10_000_000_000L) long offset,
            @ForAll long ticks) {
        int base = decimal ? 10 : 2;
        long nanos = new TickClock(new TimeResolution(base, exponent), offset).nanos(ticks);
        boolean offsetFits = Math.abs(offset) <= Long.MAX_VALUE / 1_000_000_000;
        assertThat(nanos).isEqualTo(offsetFits ? expected(base, exponent, offset, ticks) : Frame.NO_TIME);
    }

    @Property
    void absurdOffsetIsNoTime(@ForAll @LongRange(min = 1L << 34) long offset) {
        assertThat(new TickClock(TimeResolution.MICROSECONDS, offset).nanos(0)).isEqualTo(Frame.NO_TIME);
        assertThat(new TickClock(TimeResolution.MICROSECONDS, Long.MIN_VALUE).nanos(0))
                .isEqualTo(Frame.NO_TIME);
    }

    @Example
    void resolutionsHaveNames() {
        assertThat(TimeResolution.ofCode(0)).hasToString("seconds");
        assertThat(TimeResolution.ofCode(3)).hasToString("milliseconds");
        assertThat(TimeResolution.ofCode(6)).hasToString("microseconds").isEqualTo(TimeResolution.MICROSECONDS);
        assertThat(TimeResolution.ofCode(9)).hasToString("nanoseconds").isEqualTo(TimeResolution.NANOSECONDS);
        assertThat(TimeResolution.ofCode(12)).hasToString("picoseconds");
        assertThat(TimeResolution.ofCode(7)).hasToString("10^-7 s");
        assertThat(TimeResolution.ofCode(0x80 | 20)).hasToString("2^-20 s");
        assertThatThrownBy(() -> new TimeResolution(3, 6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TimeResolution(10, 128)).isInstanceOf(IllegalArgumentException.class);
    }
}
