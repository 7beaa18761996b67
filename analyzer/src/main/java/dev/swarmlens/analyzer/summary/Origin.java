package dev.swarmlens.analyzer.summary;

import dev.swarmlens.capture.CapturePoint;

/**
 * Where frames come from: an interface in a file of a node.
 *
 * @param order the file's place on the command line
 * @param point the node, in the user's word, and its interface, if the file names it
 * @param file the file's name
 * @param interfaceIndex the interface's place in the file
 */
public record Origin(int order, CapturePoint point, String file, int interfaceIndex) implements Comparable<Origin> {
    @Override
    public int compareTo(Origin other) {
        int byOrder = Integer.compare(order, other.order);
        return byOrder != 0 ? byOrder : Integer.compare(interfaceIndex, other.interfaceIndex);
    }
}
