/**
 * What has been counted: integers, sets, intervals and histograms, and nothing that does not merge.
 *
 * <p>The law of this package: {@code summary(a ++ b)} equals {@code summary(a).merge(summary(b))} for every cut of a
 * capture. Ratios, rankings, winners and prose are made only in the report.
 */
package dev.swarmlens.analyzer.summary;
