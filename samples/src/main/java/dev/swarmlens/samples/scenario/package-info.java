/** What to generate, as a YAML file says it: immutable, with all defaults filled in. */
package dev.swarmlens.samples.scenario;
