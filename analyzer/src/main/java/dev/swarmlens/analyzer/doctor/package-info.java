/**
 * What is broken, and why. A first look at the summary finds what did not go well; a second look, only at the packets that have
 * to do with it, gathers what was asked and not answered; each {@link dev.swarmlens.analyzer.doctor.Diagnosis} then knows
 * one failure and says what proves it. One class, one failure.
 */
package dev.swarmlens.analyzer.doctor;
