/** A swarm as Docker lays it out: who has which address, and who is asked next. */
package dev.swarmlens.samples.swarm;
