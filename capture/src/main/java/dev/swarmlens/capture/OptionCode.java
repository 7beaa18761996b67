package dev.swarmlens.capture;

/** The codes of pcapng's options, under the names of draft-ietf-opsawg-pcapng; most mean something only in one block. */
final class OptionCode {
    static final int ENDOFOPT = 0;
    static final int COMMENT = 1;

    static final int SHB_HARDWARE = 2;
    static final int SHB_OS = 3;
    static final int SHB_USERAPPL = 4;

    static final int IF_NAME = 2;
    static final int IF_DESCRIPTION = 3;
    static final int IF_IPV4ADDR = 4;
    static final int IF_IPV6ADDR = 5;
    static final int IF_MACADDR = 6;
    static final int IF_EUIADDR = 7;
    static final int IF_SPEED = 8;
    static final int IF_TSRESOL = 9;
    static final int IF_TZONE = 10;
    static final int IF_FILTER = 11;
    static final int IF_OS = 12;
    static final int IF_FCSLEN = 13;
    static final int IF_TSOFFSET = 14;
    static final int IF_HARDWARE = 15;
    static final int IF_TXSPEED = 16;
    static final int IF_RXSPEED = 17;
    static final int IF_IANA_TZNAME = 18;

    static final int NS_DNSNAME = 2;
    static final int NS_DNSIP4ADDR = 3;
    static final int NS_DNSIP6ADDR = 4;

    static final int ISB_STARTTIME = 2;
    static final int ISB_ENDTIME = 3;
    static final int ISB_IFRECV = 4;
    static final int ISB_IFDROP = 5;
    static final int ISB_FILTERACCEPT = 6;
    static final int ISB_OSDROP = 7;
    static final int ISB_USRDELIV = 8;

    // The obsolete packet block's are the same, as far as it has them.
    static final int EPB_FLAGS = 2;
    static final int EPB_HASH = 3;
    static final int EPB_DROPCOUNT = 4;
    static final int EPB_PACKETID = 5;
    static final int EPB_QUEUE = 6;
    static final int EPB_VERDICT = 7;

    /** The first byte of {@code if_filter} where text follows and not BPF instructions. */
    static final int FILTER_IS_TEXT = 0;

    private OptionCode() {}
}
