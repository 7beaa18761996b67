package dev.swarmlens.analyzer.command;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Option;

/** What {@code --help} prints. */
final class Help {
    private static final int INDENT = 28;
    private static final int WIDTH = 84;

    private static final String CAPTURES = """
            A capture is a pcap or pcapng file, or - for the standard input. NODE=FILE says on which node it was
            captured; without NODE= the file's name is taken for it.
            """;

    private static final String EXIT_CODES = """
            Exit codes: 0 fine, 2 wrong usage, 3 a file or an interface cannot be opened or is no capture, 4 a filter is
            wrong, 5 permission, libpcap or a Docker daemon is missing, 14 a file is damaged (the results reach up to the
            damage), 130 interrupted (results printed).
            """;

    private Help() {}

    static String ofAll(List<Command> commands) {
        StringBuilder text = new StringBuilder("swarmlens - what the packets of a Docker Swarm tell\n\n");
        text.append("Usage: swarmlens COMMAND [OPTIONS] [NODE=]FILE...\n\nCommands:\n");
        for (Command command : commands) {
            text.append(String.format("  %-10s  %s%n", command.name(), command.summary()));
        }
        text.append("\nExamples:\n");
        commands.forEach(
                command -> text.append("  ").append(command.examples().get(0)).append('\n'));
        return text.append('\n')
                .append(CAPTURES)
                .append("\n'swarmlens COMMAND --help' prints a command's options.\n")
                .append(EXIT_CODES)
                .toString();
    }

    static String of(Command command) {
        StringBuilder text = new StringBuilder();
        text.append("Usage: swarmlens ")
                .append(command.name())
                .append((" [OPTIONS] " + command.operands()).stripTrailing())
                .append("\n\n");
        text.append(Character.toUpperCase(command.summary().charAt(0)))
                .append(command.summary().substring(1))
                .append(".\n\nOptions:\n");
        List<Option> options = new ArrayList<>(command.options().getOptions());
        for (Option option : options) {
            String names = (option.getOpt() == null ? "    " : "-" + option.getOpt() + ", ")
                    + "--"
                    + option.getLongOpt()
                    + (option.hasArg() ? " " + option.getArgName() : "");
            String description = wrapped(option.getDescription());
            text.append(
                    names.length() > INDENT
                            ? String.format("  %s%n  %-" + INDENT + "s  %s%n", names, "", description)
                            : String.format("  %-" + INDENT + "s  %s%n", names, description));
        }
        text.append("\nExamples:\n");
        command.examples().forEach(example -> text.append("  ").append(example).append('\n'));
        text.append('\n');
        if (command.operands().contains("FILE")) {
            text.append(CAPTURES).append('\n');
        }
        return text.append(EXIT_CODES).toString();
    }

    /** A description in lines that fit the terminal, behind the column of names. */
    private static String wrapped(String description) {
        StringBuilder text = new StringBuilder();
        int width = 0;
        for (String word : description.split(" ", -1)) {
            if (width > 0 && width + 1 + word.length() > WIDTH) {
                text.append(String.format("%n%" + (INDENT + 4) + "s", ""));
                width = 0;
            } else if (width > 0) {
                text.append(' ');
                width++;
            }
            text.append(word);
            width += word.length();
        }
        return text.toString();
    }
}
