package dev.swarmlens.samples.wire;

import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Swarm;
import dev.swarmlens.samples.swarm.Task;
import java.util.ArrayList;
import java.util.List;

/** All places where somebody captures. */
public final class Vantage {
    private static final String BRIDGE = "docker_gwbridge";
    private static final String SANDBOX = "ingress_sbox";

    private final List<Point> points = new ArrayList<>();
    private final int nodes;

    /**
     * Captures at each node's underlay, and where the scenario asks for it.
     *
     * @param capture {@code docker_gwbridge}, {@code ingress_sbox} or tasks such as {@code web.1}
     */
    public Vantage(Swarm swarm, List<String> capture) {
        swarm.nodes().forEach(node -> add(node, Point.UNDERLAY));
        nodes = points.size();
        for (String place : capture) {
            switch (place) {
                case BRIDGE -> swarm.nodes().forEach(node -> add(node, BRIDGE));
                case SANDBOX ->
                    swarm.nodes().forEach(node -> {
                        add(node, SANDBOX + "-eth1");
                        add(node, SANDBOX + "-eth0");
                    });
                default -> {
                    Task task = swarm.task(place);
                    add(task.node(), container(task));
                }
            }
        }
    }

    private void add(Node node, String name) {
        points.add(new Point(points.size(), node, name));
    }

    private static String container(Task task) {
        return "container-" + task.shortName();
    }

    /** All of them; the nodes' underlays first. */
    public List<Point> points() {
        return points;
    }

    /** A node's underlay. */
    public Point underlay(Node node) {
        return points.get(node.index());
    }

    /** A node's docker_gwbridge and the ingress sandbox's leg on it, where somebody captures there. */
    public List<Point> bridge(Node node) {
        return find(node, BRIDGE, SANDBOX + "-eth1");
    }

    /** A node's docker_gwbridge and a container's leg on it. */
    public List<Point> bridge(Node node, Task task) {
        return find(node, BRIDGE, container(task));
    }

    /** The ingress sandbox's leg in the overlay. */
    public List<Point> sandbox(Node node) {
        return find(node, SANDBOX + "-eth0");
    }

    /** A container, on any of its interfaces. */
    public List<Point> container(Node node, Task task) {
        return find(node, container(task));
    }

    private List<Point> find(Node node, String... names) {
        if (points.size() == nodes) {
            return List.of();
        }
        List<Point> found = new ArrayList<>();
        for (String name : names) {
            for (Point point : points) {
                if (point.node().equals(node) && point.name().equals(name)) {
                    found.add(point);
                }
            }
        }
        return found;
    }
}
