package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.engine.EngineException;
import dev.swarmlens.analyzer.filter.FilterException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The {@code swarmlens} command, free of the process around it. */
public final class Swarmlens {
    private static final List<Command> COMMANDS = commands();

    private Swarmlens() {}

    private static List<Command> commands() {
        List<Command> commands = new ArrayList<>(ReportCommand.all());
        commands.add(new PacketsCommand());
        commands.add(new InspectCommand());
        commands.add(new ConvertCommand());
        commands.add(new CaptureCommand());
        commands.add(new InterfacesCommand());
        commands.add(new SnapshotCommand());
        commands.add(new SendCommand());
        commands.add(new GenerateCommand());
        return List.copyOf(commands);
    }

    /**
     * Runs one command.
     *
     * @param args the command and its arguments, as the shell passes them
     * @param in the standard input
     * @param out receives data
     * @param err receives talk
     * @return the exit code: 0 fine, 2 wrong usage, 3 a file or an interface cannot be opened or is no capture, 4 a filter
     *     is wrong, 5 a permission, libpcap or a Docker daemon is missing, 14 a file is damaged and the results reach up to there
     */
    public static int run(List<String> args, InputStream in, PrintStream out, PrintStream err) {
        Streams streams = new Streams(in, out, err);
        try {
            return run(args, streams).code();
        } catch (UsageException wrong) {
            streams.say(wrong.getMessage() + "; try " + helpFor(args));
            return ExitCode.USAGE.code();
        } catch (FilterException wrong) {
            streams.say("the filter, column " + wrong.column() + ": " + wrong.getMessage());
            wrong.pointer().lines().forEach(line -> err.println("  " + line));
            return ExitCode.BAD_FILTER.code();
        } catch (EngineException failed) {
            return streams.fail(failed).code();
        } catch (IOException failed) {
            streams.say("cannot write the output: " + failed.getMessage());
            return ExitCode.NOT_A_CAPTURE.code();
        }
    }

    private static ExitCode run(List<String> args, Streams streams)
            throws UsageException, FilterException, IOException {
        if (args.isEmpty()) {
            throw new UsageException("no command is given");
        }
        String name = args.get(0);
        switch (name) {
            case "-h", "--help", "help" -> {
                streams.out().print(args.size() > 1 ? Help.of(known(args.get(1))) : Help.ofAll(COMMANDS));
                return ExitCode.FINE;
            }
            case "--version" -> {
                streams.out().println("swarmlens " + version());
                return ExitCode.FINE;
            }
            default -> {
                if (name.startsWith("-")) {
                    throw new UsageException("a command must come first, before " + name);
                }
                return run(known(name), args.subList(1, args.size()), streams);
            }
        }
    }

    /** The version of this program. */
    static String version() {
        String version = Swarmlens.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }

    private static ExitCode run(Command command, List<String> args, Streams streams)
            throws UsageException, FilterException, IOException {
        Arguments arguments = Arguments.parse(command.options(), args);
        if (arguments.has("help")) {
            streams.out().print(Help.of(command));
            return ExitCode.FINE;
        }
        return command.run(arguments, streams);
    }

    private static Command known(String name) throws UsageException {
        Command command = find(name);
        if (command == null) {
            throw new UsageException("unknown command " + name);
        }
        return command;
    }

    private static Command find(String name) {
        return COMMANDS.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String helpFor(List<String> args) {
        return args.isEmpty() || find(args.get(0)) == null
                ? "swarmlens --help"
                : "swarmlens " + args.get(0) + " --help";
    }
}
