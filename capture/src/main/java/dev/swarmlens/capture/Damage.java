package dev.swarmlens.capture;

/**
 * Why a reader stopped before the end of its capture, or skipped a part of it.
 *
 * @param offset where the broken record or block begins, in bytes from the start of the (decompressed) file; everything before
 *     it was delivered
 * @param message what is wrong there, one sentence without a full stop that names the offset too
 * @param skipped what was left out, here and later, by a reader that {@linkplain CaptureReader#resync went on} behind it
 */
public record Damage(long offset, String message, Skipped skipped) {
    /** The end of a reading. */
    Damage(long offset, String message) {
        this(offset, message, Skipped.NOTHING);
    }

    /** The same if nothing was skipped, else with what was. */
    Damage with(Skipped all) {
        return all.places() == 0 ? this : new Damage(offset, message + "; " + all, all);
    }

    /**
     * Says that the stream ended before a record was whole.
     *
     * @param what the record, with its article
     */
    static Damage cut(String what, long offset, long needed, long left) {
        String verb = left == 1 ? " is left" : " are left";
        return new Damage(offset, what + " at offset " + offset + " needs " + needed + " bytes, " + left + verb);
    }

    /** The same with the reason behind it. */
    Damage because(String reason) {
        return new Damage(offset, message + ": " + reason);
    }
}
