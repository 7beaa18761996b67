package dev.swarmlens.codecs.icmpv6;

import dev.swarmlens.codecs.ChecksumStatus;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.View;

/** A view of an {@link Icmpv6} header. */
public final class Icmpv6View extends View {

    /** The type, 0 to 255. */
    public int type() {
        return u8(Icmpv6.TYPE);
    }

    /** The code, 0 to 255. */
    public int code() {
        return u8(Icmpv6.CODE);
    }

    /** The checksum over pseudo-header and message. */
    public int checksum() {
        return u16(Icmpv6.CHECKSUM);
    }

    /** The four bytes after the checksum. */
    public int rest() {
        return i32(Icmpv6.REST);
    }

    /** Whether this is an echo request or its answer. */
    public boolean isEcho() {
        return Icmpv6.isEcho(type());
    }

    /** The identifier of an echo, 0 to 65535. */
    public int identifier() {
        return u16(Icmpv6.REST);
    }

    /** The sequence number of an echo, 0 to 65535. */
    public int sequenceNumber() {
        return u16(Icmpv6.REST + 2);
    }

    /** The MTU of the next hop in bytes, in a "packet too big" message, 0 to 2^32 − 1. */
    public long nextHopMtu() {
        return u32(Icmpv6.REST);
    }

    /** The byte at which the error was found, in a "parameter problem" message, 0 to 2^32 − 1. */
    public long pointer() {
        return u32(Icmpv6.REST);
    }

    /** Whether an address stands in the header: the target of a neighbour solicitation, its answer, or a redirect. */
    public boolean hasTarget() {
        return Icmpv6.bodyLength(type()) >= Ipv6Address.LENGTH;
    }

    /** The first eight bytes of the target's address, see {@link #hasTarget}. */
    public long targetHigh() {
        return i64(Icmpv6.TARGET);
    }

    /** The last eight bytes of the target's address, see {@link #hasTarget}. */
    public long targetLow() {
        return i64(Icmpv6.TARGET + Long.BYTES);
    }

    /** The first eight bytes of the destination's address, in a redirect. */
    public long destinationHigh() {
        return i64(Icmpv6.DESTINATION);
    }

    /** The last eight bytes of the destination's address, in a redirect. */
    public long destinationLow() {
        return i64(Icmpv6.DESTINATION + Long.BYTES);
    }

    /** The reachable time in milliseconds, in a router advertisement, 0 to 2^32 − 1. */
    public long reachableTime() {
        return u32(Icmpv6.REACHABLE_TIME);
    }

    /** The retransmission timer in milliseconds, in a router advertisement, 0 to 2^32 − 1. */
    public long retransTimer() {
        return u32(Icmpv6.RETRANS_TIMER);
    }

    /** Whether the checksum fits. */
    @Override
    public ChecksumStatus checksumStatus() {
        demand(Icmpv6.CHECKSUM + 2);
        return isQuoted() ? ChecksumStatus.UNVERIFIED : transportChecksum(IpProtocol.ICMPV6.code(), checksum());
    }

    @Override
    public int headerLength() {
        return Icmpv6.MIN_LENGTH + Icmpv6.bodyLength(type());
    }

    @Override
    public Icmpv6 toHeader() {
        return new Icmpv6(type(), code(), checksum(), rest(), bytes(Icmpv6.BODY, headerLength()));
    }
}
