/**
 * The test kit: jqwik arbitraries for property tests of codecs and of services that take packets. Annotate a test class with
 * {@code @Domain(PacketDomain.class)}, and {@code @ForAll} gives headers, {@link dev.swarmlens.codecs.Packet valid frames},
 * {@link dev.swarmlens.codecs.testkit.HostileFrame hostile ones} and {@link dev.swarmlens.codecs.testkit.Conversation
 * conversations of a swarm}, by type.
 */
package dev.swarmlens.codecs.testkit;
