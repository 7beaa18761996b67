/**
 * Bytes to headers and back: the vocabulary that every protocol shares, and the registry in which protocols meet.
 *
 * <p>Two ways through the same frame. The hot path, {@link dev.swarmlens.codecs.Dissector}, marks where each layer lies in a
 * reused {@link dev.swarmlens.codecs.Layers} and allocates nothing; {@link dev.swarmlens.codecs.View views} read fields
 * there. The value path, {@link dev.swarmlens.codecs.Packet}, turns the same layers into immutable records and back into
 * bytes.
 */
package dev.swarmlens.codecs;
