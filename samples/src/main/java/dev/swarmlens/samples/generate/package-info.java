/** From a scenario to captures, with the truth beside them. */
package dev.swarmlens.samples.generate;
