package dev.swarmlens.codecs.icmp;

import dev.swarmlens.codecs.ChecksumStatus;
import dev.swarmlens.codecs.View;

/** A view of an {@link Icmp} header. */
public final class IcmpView extends View {

    /** The type, 0 to 255. */
    public int type() {
        return u8(Icmp.TYPE);
    }

    /** The code, 0 to 255. */
    public int code() {
        return u8(Icmp.CODE);
    }

    /** The checksum over the whole message. */
    public int checksum() {
        return u16(Icmp.CHECKSUM);
    }

    /** The four bytes after the checksum. */
    public int rest() {
        return i32(Icmp.REST);
    }

    /** Whether this is an echo request or its answer. */
    public boolean isEcho() {
        return Icmp.isEcho(type());
    }

    /** The identifier of an echo or another query, 0 to 65535. */
    public int identifier() {
        return u16(Icmp.REST);
    }

    /** The sequence number of an echo or another query, 0 to 65535. */
    public int sequenceNumber() {
        return u16(Icmp.REST + 2);
    }

    /** The MTU of the next hop in bytes, in a "fragmentation needed" message. */
    public int nextHopMtu() {
        return rest() & 0xffff;
    }

    /** The router to use, in a redirect, 32 bits. */
    public int gateway() {
        return rest();
    }

    /** The byte at which the error was found, in a "parameter problem" message, 0 to 255. */
    public int pointer() {
        return rest() >>> 24;
    }

    /** Whether the checksum fits the message. */
    @Override
    public ChecksumStatus checksumStatus() {
        demand(Icmp.CHECKSUM + 2);
        return isQuoted() ? ChecksumStatus.UNVERIFIED : messageChecksum();
    }

    @Override
    public int headerLength() {
        return Icmp.LENGTH;
    }

    @Override
    public Icmp toHeader() {
        return new Icmp(type(), code(), checksum(), rest());
    }
}
