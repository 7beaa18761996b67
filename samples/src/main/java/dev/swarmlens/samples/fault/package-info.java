/** What can go wrong, one class for each kind; each is ordered by its identifier in a scenario. */
package dev.swarmlens.samples.fault;
