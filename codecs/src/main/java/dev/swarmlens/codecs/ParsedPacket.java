package dev.swarmlens.codecs;

import java.util.Optional;

/** What a lax parse gives: a packet of all that decoded, and what was wrong, if anything. */
public final class ParsedPacket {
    private final Packet packet;
    private final Problem problem;

    ParsedPacket(Packet packet, Problem problem) {
        this.packet = packet;
        this.problem = problem;
    }

    /** All that decoded; what did not is the packet's payload. */
    public Packet packet() {
        return packet;
    }

    /** What was wrong first, if anything. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }
}
