/**
 * Collects, into a folder, what a node can tell of its swarm: what its Docker daemon answers and what its kernel has in its
 * tables. Everything is read and nothing changed; what cannot be had is named, and the rest is collected all the same.
 */
package dev.swarmlens.analyzer.snapshot;
