package dev.swarmlens.codecs;

/** How a packet becomes bytes. */
public enum Encoding {
    /** Lengths, next-protocol codes and checksums are filled in, from the innermost layer outwards. */
    COMPUTED,
    /** Every header as it stands, so that broken frames can be made on purpose and any real frame comes back byte for byte. */
    VERBATIM
}
