/** The {@code swarmlens} command: options in, sections out, exit codes as scripts expect them. */
package dev.swarmlens.analyzer.command;
