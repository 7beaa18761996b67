package dev.swarmlens.analyzer;

import dev.swarmlens.capture.CaptureFormat;
import dev.swarmlens.capture.Damage;
import java.util.Optional;

/**
 * A capture file that has been read.
 *
 * @param order its place on the command line
 * @param point which node it was captured on, in the user's word
 * @param name the file's name
 * @param format what it is
 * @param damage why it could not be read to its end, if so
 */
public record CapturedFile(int order, String point, String name, CaptureFormat format, Optional<Damage> damage) {}
