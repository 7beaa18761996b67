package dev.swarmlens.analyzer.kernel;

/**
 * Which firewall mark packets to a published port get, as {@code iptables-save} prints it.
 *
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param port the published port
 * @param mark the mark; all ports of a service get the same
 */
public record PortMark(String protocol, int port, int mark) {}
