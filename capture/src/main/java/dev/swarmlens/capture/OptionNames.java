package dev.swarmlens.capture;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** What pcapng's options are called, and how their values read: draft-ietf-opsawg-pcapng sections 3.5.1 and 4. */
final class OptionNames {
    private static final int NANO_DIGITS = 9;

    private OptionNames() {}

    /** How a value is printed; one whose length does not fit, in hexadecimal. */
    private enum Kind {
        TEXT,
        /** One, four or eight bytes without a sign. */
        NUMBER,
        SIGNED,
        /** The upper four bytes first, whatever the byte order. */
        TIME,
        /** A filter as text or as instructions. */
        FILTER,
        IPV4,
        IPV6,
        MAC,
        HEX
    }

    private record Meaning(String name, Kind kind) {}

    /**
     * An option as an entry of a block.
     *
     * @param clock how the time stamps of the block's interface count; null if it has none
     */
    static CaptureBlock.Entry entry(int blockType, int code, byte[] value, boolean bigEndian, TickClock clock) {
        Meaning meaning = meaning(blockType, code);
        String text = switch (meaning.kind) {
            case TEXT -> text(value, 0);
            case NUMBER -> number(value, bigEndian);
            case SIGNED -> value.length == Long.BYTES ? Long.toString(Words.i64(value, 0, bigEndian)) : hex(value);
            case TIME ->
                value.length == Long.BYTES && clock != null
                        ? seconds(clock.nanos(Words.upperFirst(value, 0, bigEndian)))
                        : hex(value);
            case FILTER -> value.length > 0 && value[0] == OptionCode.FILTER_IS_TEXT ? text(value, 1) : hex(value);
            case IPV4 -> value.length >= Ipv4Address.LENGTH ? ipv4(value) : hex(value);
            case IPV6 -> value.length >= Ipv6Address.LENGTH ? ipv6(value) : hex(value);
            case MAC -> value.length == MacAddress.LENGTH ? mac(value) : hex(value);
            case HEX -> hex(value);
        };
        return new CaptureBlock.Entry(meaning.name, text);
    }

    private static Meaning meaning(int blockType, int code) {
        if (code == OptionCode.COMMENT) {
            return new Meaning("opt_comment", Kind.TEXT);
        }
        Meaning meaning = switch (blockType) {
            case BlockType.SHB -> ofSection(code);
            case BlockType.IDB -> ofInterface(code);
            case BlockType.NRB -> ofNames(code);
            case BlockType.ISB -> ofStatistics(code);
            case BlockType.EPB -> ofPacket(code);
            case BlockType.PB -> ofObsoletePacket(code);
            default -> null;
        };
        return meaning == null ? new Meaning("option_" + code, Kind.HEX) : meaning;
    }

    private static Meaning ofSection(int code) {
        return switch (code) {
            case OptionCode.SHB_HARDWARE -> new Meaning("shb_hardware", Kind.TEXT);
            case OptionCode.SHB_OS -> new Meaning("shb_os", Kind.TEXT);
            case OptionCode.SHB_USERAPPL -> new Meaning("shb_userappl", Kind.TEXT);
            default -> null;
        };
    }

    private static Meaning ofInterface(int code) {
        return switch (code) {
            case OptionCode.IF_NAME -> new Meaning("if_name", Kind.TEXT);
            case OptionCode.IF_DESCRIPTION -> new Meaning("if_description", Kind.TEXT);
            case OptionCode.IF_IPV4ADDR -> new Meaning("if_IPv4addr", Kind.IPV4);
            case OptionCode.IF_IPV6ADDR -> new Meaning("if_IPv6addr", Kind.IPV6);
            case OptionCode.IF_MACADDR -> new Meaning("if_MACaddr", Kind.MAC);
            case OptionCode.IF_EUIADDR -> new Meaning("if_EUIaddr", Kind.HEX);
            case OptionCode.IF_SPEED -> new Meaning("if_speed", Kind.NUMBER);
            case OptionCode.IF_TSRESOL -> new Meaning("if_tsresol", Kind.NUMBER);
            case OptionCode.IF_TZONE -> new Meaning("if_tzone", Kind.NUMBER);
            case OptionCode.IF_FILTER -> new Meaning("if_filter", Kind.FILTER);
            case OptionCode.IF_OS -> new Meaning("if_os", Kind.TEXT);
            case OptionCode.IF_FCSLEN -> new Meaning("if_fcslen", Kind.NUMBER);
            case OptionCode.IF_TSOFFSET -> new Meaning("if_tsoffset", Kind.SIGNED);
            case OptionCode.IF_HARDWARE -> new Meaning("if_hardware", Kind.TEXT);
            case OptionCode.IF_TXSPEED -> new Meaning("if_txspeed", Kind.NUMBER);
            case OptionCode.IF_RXSPEED -> new Meaning("if_rxspeed", Kind.NUMBER);
            case OptionCode.IF_IANA_TZNAME -> new Meaning("if_iana_tzname", Kind.TEXT);
            default -> null;
        };
    }

    private static Meaning ofNames(int code) {
        return switch (code) {
            case OptionCode.NS_DNSNAME -> new Meaning("ns_dnsname", Kind.TEXT);
            case OptionCode.NS_DNSIP4ADDR -> new Meaning("ns_dnsIP4addr", Kind.IPV4);
            case OptionCode.NS_DNSIP6ADDR -> new Meaning("ns_dnsIP6addr", Kind.IPV6);
            default -> null;
        };
    }

    private static Meaning ofStatistics(int code) {
        return switch (code) {
            case OptionCode.ISB_STARTTIME -> new Meaning("isb_starttime", Kind.TIME);
            case OptionCode.ISB_ENDTIME -> new Meaning("isb_endtime", Kind.TIME);
            case OptionCode.ISB_IFRECV -> new Meaning("isb_ifrecv", Kind.NUMBER);
            case OptionCode.ISB_IFDROP -> new Meaning("isb_ifdrop", Kind.NUMBER);
            case OptionCode.ISB_FILTERACCEPT -> new Meaning("isb_filteraccept", Kind.NUMBER);
            case OptionCode.ISB_OSDROP -> new Meaning("isb_osdrop", Kind.NUMBER);
            case OptionCode.ISB_USRDELIV -> new Meaning("isb_usrdeliv", Kind.NUMBER);
            default -> null;
        };
    }

    private static Meaning ofPacket(int code) {
        return switch (code) {
            case OptionCode.EPB_FLAGS -> new Meaning("epb_flags", Kind.NUMBER);
            case OptionCode.EPB_HASH -> new Meaning("epb_hash", Kind.HEX);
            case OptionCode.EPB_DROPCOUNT -> new Meaning("epb_dropcount", Kind.NUMBER);
            case OptionCode.EPB_PACKETID -> new Meaning("epb_packetid", Kind.NUMBER);
            case OptionCode.EPB_QUEUE -> new Meaning("epb_queue", Kind.NUMBER);
            case OptionCode.EPB_VERDICT -> new Meaning("epb_verdict", Kind.HEX);
            default -> null;
        };
    }

    private static Meaning ofObsoletePacket(int code) {
        return switch (code) {
            case OptionCode.EPB_FLAGS -> new Meaning("pack_flags", Kind.NUMBER);
            case OptionCode.EPB_HASH -> new Meaning("pack_hash", Kind.HEX);
            default -> null;
        };
    }

    /** Seconds since 1970 with nanoseconds. */
    static String seconds(long nanos) {
        return nanos == Frame.NO_TIME
                ? "unknown"
                : BigDecimal.valueOf(nanos, NANO_DIGITS).toPlainString();
    }

    static String ipv4(byte[] value) {
        return new Ipv4Address(Words.i32(value, 0, true)).toString();
    }

    static String ipv6(byte[] value) {
        return Ipv6Address.of(Bytes.of(value), 0).toString();
    }

    static String mac(byte[] value) {
        return new MacAddress(Long.parseLong(hex(value), 16)).toString();
    }

    static String hex(byte[] value) {
        return Bytes.of(value).toHex();
    }

    private static String number(byte[] value, boolean bigEndian) {
        return switch (value.length) {
            case Byte.BYTES -> Integer.toString(value[0] & 0xff);
            case Integer.BYTES -> Integer.toUnsignedString(Words.i32(value, 0, bigEndian));
            case Long.BYTES -> Long.toUnsignedString(Words.i64(value, 0, bigEndian));
            default -> hex(value);
        };
    }

    /** Text up to its end, or to a zero that some programs write. */
    private static String text(byte[] value, int start) {
        int end = start;
        while (end < value.length && value[end] != 0) {
            end++;
        }
        return new String(value, start, end - start, StandardCharsets.UTF_8);
    }
}
