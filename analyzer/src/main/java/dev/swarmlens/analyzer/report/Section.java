package dev.swarmlens.analyzer.report;

/** The parts of a report. */
public enum Section {
    /** The files that were read. */
    CAPTURES,
    /** The overlay networks. */
    NETWORKS,
    /** The tunnel endpoints. */
    VTEPS,
    /** Who gossips with whom, and who manages. */
    NODES,
    /** The overlay addresses. */
    ENDPOINTS,
    /** Who talked to whom. */
    FLOWS,
    /** How the routing mesh distributed connections. */
    INGRESS,
    /** Which echo requests were answered. */
    PINGS,
    /** What left the swarm. */
    EGRESS,
    /** What is wrong. */
    FINDINGS
}
