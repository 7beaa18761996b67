/** Captures made of captures: merged by time, taken out of tunnels, anonymized. */
package dev.swarmlens.analyzer.convert;
