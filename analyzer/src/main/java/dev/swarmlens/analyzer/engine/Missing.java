package dev.swarmlens.analyzer.engine;

/**
 * Something that could not be had.
 *
 * @param file the file that it would be in
 * @param command what was asked, or the program that was run
 * @param reason why it could not be had
 */
public record Missing(String file, String command, String reason) {}
