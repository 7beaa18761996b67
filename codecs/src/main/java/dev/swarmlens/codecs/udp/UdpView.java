package dev.swarmlens.codecs.udp;

import dev.swarmlens.codecs.ChecksumStatus;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.View;

/** A view of a {@link Udp} header. */
public final class UdpView extends View {

    /** The source port, 0 to 65535. */
    public int sourcePort() {
        return u16(Udp.SOURCE_PORT);
    }

    /** The destination port, 0 to 65535. */
    public int destinationPort() {
        return u16(Udp.DESTINATION_PORT);
    }

    /** The length of header and data in bytes, as the header says it. */
    public int datagramLength() {
        return u16(Udp.DATAGRAM_LENGTH);
    }

    /** The checksum, 0 if the sender made none. */
    public int checksum() {
        return u16(Udp.CHECKSUM);
    }

    /**
     * Whether the checksum fits the datagram. Over IPv6 one must be there, RFC 8200 section 8.1; of a quoted one nothing can
     * be said.
     */
    @Override
    public ChecksumStatus checksumStatus() {
        if (checksum() == 0) {
            return isChecksumMandatory() && !isQuoted() ? ChecksumStatus.ILLEGAL : ChecksumStatus.NOT_PRESENT;
        }
        return datagramLength() <= wireLength() && isHolderWhole()
                ? transportChecksum(IpProtocol.UDP.code(), checksum())
                : ChecksumStatus.UNVERIFIED;
    }

    @Override
    public int headerLength() {
        return Udp.LENGTH;
    }

    @Override
    public Udp toHeader() {
        return new Udp(sourcePort(), destinationPort(), datagramLength(), checksum());
    }
}
