/**
 * Frames from interfaces, and frames to interfaces. It needs libpcap and the right to use it; nothing else in this module does,
 * and nothing of it is loaded before an interface is asked for.
 *
 * <p>{@link dev.swarmlens.capture.live.LiveInterface} lists what there is, {@link dev.swarmlens.capture.live.LiveCapture}
 * captures from several interfaces at once, {@link dev.swarmlens.capture.live.LiveStream} makes a capture file of them that is
 * read while it grows. What fails is a {@link dev.swarmlens.capture.live.LiveException} that says in one sentence what and what to
 * do about it.
 *
 * <p>This package alone knows Pcap4J. It takes the bytes of packets from it, and never its packet classes.
 */
package dev.swarmlens.capture.live;
