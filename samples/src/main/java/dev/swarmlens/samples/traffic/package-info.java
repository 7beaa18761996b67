/** Who talks to whom: conversations, each by its protocol's rules, over the ways that a swarm has. */
package dev.swarmlens.samples.traffic;
