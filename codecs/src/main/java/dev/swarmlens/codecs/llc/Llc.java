package dev.swarmlens.codecs.llc;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.Ranges;

/**
 * LLC header, IEEE 802.2 section 3.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     DSAP      |     SSAP      |     Control (1 or 2 bytes)    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>A control field whose two low bits are set is unnumbered and has one byte; others have two, the lower one first.
 *
 * @param dsap the destination service access point, 0 to 255
 * @param ssap the source service access point, 0 to 255
 * @param control the control field, 0 to 255 if unnumbered, else 0 to 65535
 */
public record Llc(int dsap, int ssap, int control) implements Header {
    static final int DSAP = 0;
    static final int SSAP = DSAP + 1;
    static final int CONTROL = SSAP + 1;
    /** Bytes on the wire with an unnumbered control field. */
    public static final int UNNUMBERED_LENGTH = CONTROL + 1;
    /** Bytes on the wire with a numbered control field. */
    public static final int NUMBERED_LENGTH = CONTROL + 2;

    /** The service access point of SNAP. */
    public static final int SAP_SNAP = 0xaa;
    /** The service access point of IP. */
    public static final int SAP_IP = 0x06;
    /** Control: unnumbered information. */
    public static final int UNNUMBERED_INFORMATION = 0x03;

    private static final int UNNUMBERED = 0x03;
    private static final int NOT_INFORMATION = 0x01;

    /** What an LLC header's destination service access point names. */
    public static final Binding SAP = new Binding("LLC service access point");

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits, which are 8 for an unnumbered control field
     */
    public Llc {
        Ranges.checkBits("LLC DSAP", dsap, 8);
        Ranges.checkBits("LLC SSAP", ssap, 8);
        Ranges.checkBits("LLC control", control, isUnnumbered(control) ? 8 : 16);
    }

    /** The header before SNAP. */
    public static Llc snap() {
        return new Llc(SAP_SNAP, SAP_SNAP, UNNUMBERED_INFORMATION);
    }

    private static boolean isUnnumbered(int control) {
        return (control & UNNUMBERED) == UNNUMBERED;
    }

    /** Whether a control field that is, or begins with, a number is that of information, unnumbered or numbered. */
    static boolean isInformation(int control) {
        return control == UNNUMBERED_INFORMATION || (control & NOT_INFORMATION) == 0;
    }

    /** How long a header is whose control field is, or begins with, a number. */
    static int length(int control) {
        return isUnnumbered(control) ? UNNUMBERED_LENGTH : NUMBERED_LENGTH;
    }

    @Override
    public LlcProtocol protocol() {
        return LlcProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return length(control);
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put8(frame, offset + DSAP, dsap);
        BigEndian.put8(frame, offset + SSAP, ssap);
        BigEndian.put8(frame, offset + CONTROL, control);
        if (length() == NUMBERED_LENGTH) {
            BigEndian.put8(frame, offset + CONTROL + 1, control >>> 8);
        }
    }

    @Override
    public void complete(Completion completion) {
        BigEndian.put8(completion.frame(), completion.offset() + DSAP, completion.nextCode(SAP, dsap));
    }

    @Override
    public String toString() {
        return "LLC DSAP " + HeaderText.hex(dsap, 2) + ", SSAP " + HeaderText.hex(ssap, 2) + ", control "
                + HeaderText.hex(control, isUnnumbered(control) ? 2 : 4);
    }
}
