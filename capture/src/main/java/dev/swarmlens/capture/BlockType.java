package dev.swarmlens.capture;

/**
 * The type of a pcapng block, draft-ietf-opsawg-pcapng section 11.1. The value is open: a type that nobody here has heard of
 * is kept as it is.
 *
 * @param code the 32 bits of the type, read as a number with a sign
 */
public record BlockType(int code) implements Comparable<BlockType> {
    // The codes alone, under the draft's abbreviations, for the switches of the readers.
    static final int SHB = 0x0a0d0d0a;
    static final int IDB = 1;
    static final int PB = 2;
    static final int SPB = 3;
    static final int NRB = 4;
    static final int ISB = 5;
    static final int EPB = 6;
    static final int SJE = 9;
    static final int DSB = 10;
    static final int CB = 0xbad;
    static final int DCB = 0x4000_0bad;

    /** Begins a section; its code reads the same in both byte orders. */
    public static final BlockType SECTION_HEADER = new BlockType(SHB);
    /** Describes an interface. */
    public static final BlockType INTERFACE_DESCRIPTION = new BlockType(IDB);
    /** A packet, in the obsolete form. */
    public static final BlockType PACKET = new BlockType(PB);
    /** A packet of the section's first interface, without a time. */
    public static final BlockType SIMPLE_PACKET = new BlockType(SPB);
    /** Names of addresses. */
    public static final BlockType NAME_RESOLUTION = new BlockType(NRB);
    /** What an interface counted. */
    public static final BlockType INTERFACE_STATISTICS = new BlockType(ISB);
    /** A packet. */
    public static final BlockType ENHANCED_PACKET = new BlockType(EPB);
    /** An entry of the systemd journal. */
    public static final BlockType JOURNAL = new BlockType(SJE);
    /** Keys of encrypted protocols. */
    public static final BlockType DECRYPTION_SECRETS = new BlockType(DSB);
    /** Anybody's own, which may be copied. */
    public static final BlockType CUSTOM = new BlockType(CB);
    /** Anybody's own, which should not be copied to another file. */
    public static final BlockType CUSTOM_NOT_COPIED = new BlockType(DCB);

    /**
     * The type in words.
     *
     * @return for example {@code enhanced packet}, or {@code type 0x0000000b} for a type without a name here
     */
    public String name() {
        return switch (code) {
            case SHB -> "section header";
            case IDB -> "interface description";
            case PB -> "obsolete packet";
            case SPB -> "simple packet";
            case NRB -> "name resolution";
            case ISB -> "interface statistics";
            case EPB -> "enhanced packet";
            case SJE -> "systemd journal";
            case DSB -> "decryption secrets";
            case CB -> "custom";
            case DCB -> "custom, not to be copied";
            default -> String.format("type 0x%08x", code);
        };
    }

    /** Whether a type has a name here. */
    static boolean isNamed(int code) {
        return switch (code) {
            case SHB, IDB, PB, SPB, NRB, ISB, EPB, SJE, DSB, CB, DCB -> true;
            default -> false;
        };
    }

    /** Orders types by their code, read as a number without a sign. */
    @Override
    public int compareTo(BlockType other) {
        return Integer.compareUnsigned(code, other.code);
    }

    @Override
    public String toString() {
        return name();
    }
}
