/**
 * What the Docker daemon of a node tells: Docker Engine's API, over its UNIX socket, with nothing but GET.
 *
 * <p>{@link dev.swarmlens.analyzer.engine.Engine} knows what to ask; the answers are the JSON that
 * {@link dev.swarmlens.analyzer.inventory} reads.
 */
package dev.swarmlens.analyzer.engine;
