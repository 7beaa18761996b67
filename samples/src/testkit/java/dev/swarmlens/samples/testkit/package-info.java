/** A test kit for others' property tests: whole swarms, and conversations in them as captures show them. */
package dev.swarmlens.samples.testkit;
