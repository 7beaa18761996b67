/** What truly happened, and what Docker would say of the swarm. */
package dev.swarmlens.samples.truth;
