/**
 * Frames from capture files.
 *
 * <p>{@link dev.swarmlens.capture.CaptureReader} opens a pcap or pcapng file, a named pipe or a stream and moves a reusable
 * {@link dev.swarmlens.capture.Frame} over its packets without copying them and without allocating. A file that breaks off
 * or lies about a length is no exception: everything before that place is delivered, and then the reader says
 * {@linkplain dev.swarmlens.capture.CaptureReader#damage() where and why} it stopped.
 *
 * <p>The formats are those of
 * <a href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/">draft-ietf-opsawg-pcap</a> and
 * <a href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">draft-ietf-opsawg-pcapng</a>.
 */
package dev.swarmlens.capture;
