package dev.swarmlens.codecs;

import java.util.Locale;

/** What can be wrong with a layer. A fault is recorded with its numbers in {@link Layers}, never thrown by a dissection. */
public enum Fault {
    /** The capture kept fewer bytes of the frame than the header needs; the frame itself may be sound. */
    CUT_BY_CAPTURE("was cut by the capture"),
    /** The header goes on in another IP fragment; the datagram itself may be sound. */
    IN_NEXT_FRAGMENT("goes on in another fragment"),
    /** There are fewer bytes than the header needs. */
    TOO_SHORT("is too short"),
    /** A length field says less than the header itself has. */
    BAD_LENGTH("has a length field smaller than its header"),
    /** A length field says more than the enclosing layer holds. */
    LENGTH_EXCEEDS("has a length field larger than what holds it"),
    /** The version field names another protocol than the one expected. */
    BAD_VERSION("has a wrong version"),
    /** A value that the protocol's rules forbid. */
    BAD_VALUE("has a forbidden value"),
    /** More layers lie in each other than are followed. */
    TOO_DEEP("is nested too deep");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** The fault in lower case with underscores, for keys in reports. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The fault as the end of a sentence that begins with a protocol's name. */
    public String words() {
        return words;
    }
}
