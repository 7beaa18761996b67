/**
 * What packets tell of a swarm. A capture becomes {@link dev.swarmlens.analyzer.sighting sightings}, sightings become a
 * {@link dev.swarmlens.analyzer.summary summary}, summaries merge, and a merged summary becomes a
 * {@link dev.swarmlens.analyzer.report report}; the {@link dev.swarmlens.analyzer.command command} is all of it in a row.
 */
package dev.swarmlens.analyzer;
