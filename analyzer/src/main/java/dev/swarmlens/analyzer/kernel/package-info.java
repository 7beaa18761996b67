/**
 * What the kernels of a swarm's nodes have in their tables: which VTEP a MAC is behind, which MAC an overlay address has, how
 * many connections IPVS gave to a task. Each is a fact of one node and one moment, and never outranks what packets show.
 *
 * <p>{@link dev.swarmlens.analyzer.kernel.TableFiles} reads them from files that are named after what they hold, as
 * {@code swarmlens snapshot} names them: {@code ns-NAMESPACE.fdb.json} is what {@code bridge -j fdb} printed in a namespace.
 */
package dev.swarmlens.analyzer.kernel;
