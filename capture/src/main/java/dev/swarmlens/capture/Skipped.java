package dev.swarmlens.capture;

/**
 * What a reader left out because it was damaged, and went on behind.
 *
 * @param places how many times that was
 * @param bytes how many bytes it was in all
 */
public record Skipped(long places, long bytes) {
    /** Nothing. */
    public static final Skipped NOTHING = new Skipped(0, 0);

    /** The same and one more place. */
    Skipped plus(long moreBytes) {
        return new Skipped(places + 1, bytes + moreBytes);
    }

    /**
     * In words.
     *
     * @return for example {@code skipped 96 bytes in 2 places}
     */
    @Override
    public String toString() {
        return "skipped " + bytes + (bytes == 1 ? " byte" : " bytes")
                + (places == 1 ? "" : " in " + places + " places");
    }
}
