package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.codecs.ChecksumStatus;

/**
 * One frame, looked at closely.
 *
 * @param order its file's place on the command line
 * @param interfaceIndex its interface's place in the file
 * @param number the frame's number in the file, the first is 1
 * @param time nanoseconds since 1970
 * @param direction of its flow: 0 if the lower endpoint sent it, 1 if the higher one did
 * @param vtepSource the tunnel endpoint that sent it; {@code null} outside of VXLAN
 * @param vtepDestination the tunnel endpoint that it was sent to; {@code null} outside of VXLAN
 * @param length the innermost IP packet's length, in bytes
 * @param timeToLive the innermost time to live
 * @param tcpFlags of TCP
 * @param sequence of TCP, or of an echo
 * @param acknowledgment of TCP
 * @param payload bytes of data of TCP
 * @param isRequest whether it is an echo request
 * @param checksum of TCP or UDP, the innermost
 */
record Packet(
        int order,
        int interfaceIndex,
        long number,
        long time,
        int direction,
        Address vtepSource,
        Address vtepDestination,
        int length,
        int timeToLive,
        int tcpFlags,
        int sequence,
        int acknowledgment,
        int payload,
        boolean isRequest,
        ChecksumStatus checksum) {
    /** A time as a report has it: {@code null} if the capture does not say. */
    static Long timeOrNull(long time) {
        return time == Long.MIN_VALUE ? null : time;
    }

    boolean has(int flags) {
        return (tcpFlags & flags) == flags;
    }
}
