/**
 * What a swarm's nodes gossip, for who has the keys: memberlist's messages, and NetworkDB's tables inside them. Nothing of it is
 * loaded without keys.
 */
package dev.swarmlens.analyzer.gossip;
