/** One packet, once seen: its meaning for a swarm, free of header offsets. */
package dev.swarmlens.analyzer.sighting;
