package dev.swarmlens.codecs.rawip;

import dev.swarmlens.codecs.Header;

/** The link layer of a frame that has none: LINKTYPE_RAW, no bytes. The version field of what follows says what it is. */
public record RawIp() implements Header {
    static final int VERSION_SHIFT = 4;

    @Override
    public RawIpProtocol protocol() {
        return RawIpProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return 0;
    }

    @Override
    public void write(byte[] frame, int offset) {
        // there are no bytes
    }

    @Override
    public String toString() {
        return "raw IP";
    }
}
