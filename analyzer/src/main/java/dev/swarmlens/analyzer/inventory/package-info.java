/**
 * Names for what packets show: networks, nodes, services, tasks and the addresses of their endpoints, read from the JSON
 * that Docker prints.
 *
 * <p>{@link dev.swarmlens.analyzer.inventory.Inventory#read} takes any mix of files and folders. Objects are recognised by
 * their shape, so file names do not matter, and whatever is not Docker's JSON is passed over and counted in
 * {@link dev.swarmlens.analyzer.inventory.Sources}. Only managers print nodes, services and tasks, and each node prints
 * only its own containers: the files of all nodes, read together, give the whole picture.
 *
 * <p>In every record of this package a text that the files do not tell is {@code ""} and a list is empty, as in Docker's
 * own JSON; nothing is ever {@code null}. Addresses are text without prefix length, as Docker prints them.
 */
package dev.swarmlens.analyzer.inventory;
