package dev.swarmlens.analyzer.report;

import java.util.List;

/**
 * A report and what it was made of.
 *
 * @param vantages from where packets were watched
 * @param names what addresses and numbers are called
 * @param report the report
 */
public record Picture(List<Vantage> vantages, Names names, Report report) {}
