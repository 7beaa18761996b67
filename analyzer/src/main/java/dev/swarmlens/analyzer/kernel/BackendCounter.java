package dev.swarmlens.analyzer.kernel;

/**
 * How many connections IPVS has given to a backend since it knows it, as {@code ipvsadm -Ln --stats --exact} prints it.
 *
 * @param mark the firewall mark by which IPVS knows the service
 * @param ip the backend
 * @param connections how many connections
 */
public record BackendCounter(int mark, String ip, long connections) {}
