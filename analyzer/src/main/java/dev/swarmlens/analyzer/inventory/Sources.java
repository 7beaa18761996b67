package dev.swarmlens.analyzer.inventory;

/**
 * What an inventory was read from.
 *
 * @param used files that held at least one object of Docker's
 * @param passedOver files that held none: captures, text, other JSON, or what could not be opened
 * @param damaged files, counted above too, whose JSON breaks off; the objects before the break are kept
 * @param objects objects of Docker's, repetitions included
 */
public record Sources(int used, int passedOver, int damaged, int objects) {

    static final Sources NONE = new Sources(0, 0, 0, 0);

    Sources withFile(int found, boolean broken) {
        return new Sources(
                used + (found > 0 ? 1 : 0),
                passedOver + (found > 0 ? 0 : 1),
                damaged + (broken ? 1 : 0),
                objects + found);
    }
}
