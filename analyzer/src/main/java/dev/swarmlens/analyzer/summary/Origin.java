package dev.swarmlens.analyzer.summary;

/**
 * Where frames come from: an interface in a file of a node.
 *
 * @param order the file's place on the command line
 * @param node which node it was captured on, in the user's word
 * @param file the file's name
 * @param interfaceIndex the interface's place in the file
 */
public record Origin(int order, String node, String file, int interfaceIndex) implements Comparable<Origin> {
    @Override
    public int compareTo(Origin other) {
        int byOrder = Integer.compare(order, other.order);
        return byOrder != 0 ? byOrder : Integer.compare(interfaceIndex, other.interfaceIndex);
    }
}
