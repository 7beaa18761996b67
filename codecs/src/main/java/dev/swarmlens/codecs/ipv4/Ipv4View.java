package dev.swarmlens.codecs.ipv4;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.ChecksumStatus;
import dev.swarmlens.codecs.InternetChecksum;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.View;

/** A view of an {@link Ipv4} header. */
public final class Ipv4View extends View {

    /** The version, 4. */
    public int version() {
        return u8(Ipv4.VERSION_AND_IHL) >>> 4;
    }

    @Override
    public int headerLength() {
        return (u8(Ipv4.VERSION_AND_IHL) & 0xf) * Ipv4.WORD;
    }

    /** DSCP and ECN, 0 to 255. */
    public int typeOfService() {
        return u8(Ipv4.TYPE_OF_SERVICE);
    }

    /** Header and data in bytes; 0 where segmentation was left to the network card. */
    public int totalLength() {
        return u16(Ipv4.TOTAL_LENGTH);
    }

    /** The identification of the datagram, 0 to 65535. */
    public int identification() {
        return u16(Ipv4.IDENTIFICATION);
    }

    /** Reserved (4), don't fragment (2), more fragments (1). */
    public int flags() {
        return u16(Ipv4.FLAGS_AND_OFFSET) >>> Ipv4.FLAGS_SHIFT;
    }

    /** The fragment offset in units of 8 bytes, 0 to 8191. */
    public int fragmentOffset() {
        return u16(Ipv4.FLAGS_AND_OFFSET) & Ipv4.OFFSET_MASK;
    }

    /** Hops left, 0 to 255. */
    public int timeToLive() {
        return u8(Ipv4.TIME_TO_LIVE);
    }

    /** The number of the protocol inside, 0 to 255. */
    public int nextProtocol() {
        return u8(Ipv4.PROTOCOL);
    }

    /** The header's checksum. */
    public int checksum() {
        return u16(Ipv4.CHECKSUM);
    }

    /** Whether the checksum fits the header. */
    @Override
    public ChecksumStatus checksumStatus() {
        demand(Ipv4.CHECKSUM + 2);
        if (start() + headerLength() > end()) {
            return ChecksumStatus.UNVERIFIED;
        }
        long sum = InternetChecksum.sum(frame(), start(), start() + headerLength(), 0);
        return InternetChecksum.fold(sum) == 0xffff ? ChecksumStatus.GOOD : ChecksumStatus.BAD;
    }

    /** The sender's address, 32 bits. */
    public int source() {
        return i32(Ipv4.SOURCE);
    }

    /** The receiver's address, 32 bits; with a source route the next stop's. */
    public int destination() {
        return i32(Ipv4.DESTINATION);
    }

    /**
     * The address of the last receiver, 32 bits: the last one of a strict or loose source route that is not exhausted, RFC 791
     * section 3.1, else {@link #destination}.
     */
    public int finalDestination() {
        int last = SourceRoute.lastAddress(frame(), start() + Ipv4.OPTIONS, start() + headerLength());
        return last == SourceRoute.NONE ? destination() : BigEndian.i32(frame(), last);
    }

    @Override
    public Ipv4 toHeader() {
        return new Ipv4(
                typeOfService(),
                totalLength(),
                identification(),
                flags(),
                fragmentOffset(),
                timeToLive(),
                new IpProtocol(nextProtocol()),
                checksum(),
                new Ipv4Address(source()),
                new Ipv4Address(destination()),
                bytes(Ipv4.OPTIONS, headerLength()));
    }
}
