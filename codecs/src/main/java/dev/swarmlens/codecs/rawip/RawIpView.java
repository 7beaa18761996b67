package dev.swarmlens.codecs.rawip;

import dev.swarmlens.codecs.View;

/** A view of a {@link RawIp} header, which has no fields. */
public final class RawIpView extends View {

    @Override
    public int headerLength() {
        return 0;
    }

    @Override
    public RawIp toHeader() {
        return new RawIp();
    }
}
