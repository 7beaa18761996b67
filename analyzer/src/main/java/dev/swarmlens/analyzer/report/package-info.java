/**
 * What a summary says to people and to scripts: names, ratios, rankings and words are made here and nowhere else.
 */
package dev.swarmlens.analyzer.report;
