package dev.swarmlens.samples.fault;

/** SW-18: the swarm's state has become so long that nodes refuse it as soon as they have read its length. */
final class StateTooBig extends Fault {
    StateTooBig(Ordered ordered) {
        super(ordered);
    }

    @Override
    public int overgrown(long nanos) {
        return isActive(nanos) ? index() : NONE;
    }

    @Override
    public long overgrownLength() {
        return plan().size();
    }
}
