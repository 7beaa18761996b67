package dev.swarmlens.analyzer.command;

import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Damage;
import dev.swarmlens.capture.NotACaptureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A capture named on the command line.
 *
 * @param point which node it was captured on, in the user's word
 * @param file the file's name, or {@code -} for the standard input
 * @param resync whether to go on behind damage
 */
record Input(String point, String file, boolean resync) {
    private static final String STANDARD_INPUT = "-";
    private static final Pattern WITH_POINT = Pattern.compile("([^/=]+)=(.+)", Pattern.DOTALL);
    private static final Pattern EXTENSION = Pattern.compile("\\.(pcap|pcapng|cap|ntar)\\d*(\\.(gz|zst|lz4|xz))?$");

    /** Reads arguments of the form {@code [POINT=]FILE}. */
    static List<Input> of(List<String> arguments, boolean resync) throws UsageException {
        if (arguments.isEmpty()) {
            throw new UsageException("no capture is named; give one or more files, or - for the standard input");
        }
        List<Input> inputs = new ArrayList<>();
        for (String argument : arguments) {
            Matcher matcher = WITH_POINT.matcher(argument);
            inputs.add(
                    matcher.matches() && !exists(argument)
                            ? new Input(matcher.group(1), matcher.group(2), resync)
                            : new Input(null, argument, resync));
        }
        if (inputs.stream().filter(Input::isStandardInput).count() > 1) {
            throw new UsageException("the standard input can be read only once, but - is given several times");
        }
        return named(inputs);
    }

    private static boolean exists(String file) {
        try {
            return Files.exists(Path.of(file));
        } catch (InvalidPathException impossible) {
            return false;
        }
    }

    /** Files of the same name in several folders are told apart by their folders. */
    private static List<Input> named(List<Input> inputs) {
        Map<String, Integer> uses = new HashMap<>();
        inputs.forEach(input -> uses.merge(input.baseName(), 1, Integer::sum));
        return inputs.stream()
                .map(input -> input.point != null
                        ? input
                        : new Input(
                                uses.get(input.baseName()) > 1 ? input.folderAndBaseName() : input.baseName(),
                                input.file,
                                input.resync))
                .toList();
    }

    private boolean isStandardInput() {
        return file.equals(STANDARD_INPUT);
    }

    private String baseName() {
        if (isStandardInput()) {
            return "stdin";
        }
        return EXTENSION.matcher(file.substring(file.lastIndexOf('/') + 1)).replaceAll("");
    }

    private String folderAndBaseName() {
        int nameAt = file.lastIndexOf('/');
        int folderAt = file.lastIndexOf('/', nameAt - 1);
        return nameAt < 0 ? baseName() : file.substring(folderAt + 1, nameAt + 1) + baseName();
    }

    /** The file's length in bytes, if it has one. */
    OptionalLong size() throws IOException {
        return !isStandardInput() && Files.isRegularFile(path(file))
                ? OptionalLong.of(Files.size(path(file)))
                : OptionalLong.empty();
    }

    CaptureReader open(InputStream standardInput) throws IOException {
        CaptureReader reader =
                isStandardInput() ? CaptureReader.open(standardInput, STANDARD_INPUT) : CaptureReader.open(path(file));
        return resync ? reader.resync() : reader;
    }

    /**
     * The path of a file that the user names.
     *
     * @throws FileSystemException if it cannot be a file's name here, as one with letters that the locale does not have
     */
    static Path path(String file) throws FileSystemException {
        try {
            return Path.of(file);
        } catch (InvalidPathException impossible) {
            throw new FileSystemException(file, null, impossible.getReason());
        }
    }

    /** What a command does with each capture; it returns the damage that ended the capture, if any. */
    @FunctionalInterface
    interface Reading {
        Optional<Damage> read(Input input, CaptureReader reader) throws IOException;
    }

    /** Reads captures one after the other; of one that fails it says why, and goes on with the next. */
    static ExitCode readAll(List<Input> inputs, Streams streams, Reading reading) {
        ExitCode code = ExitCode.FINE;
        for (Input input : inputs) {
            try (CaptureReader reader = input.open(streams.in())) {
                Optional<Damage> damage = reading.read(input, reader);
                if (damage.isPresent()) {
                    streams.say(input.file + ": " + damage.get().message());
                    code = code.or(ExitCode.DAMAGED);
                }
            } catch (IOException problem) {
                streams.say(reason(input.file, problem));
                code = code.or(ExitCode.NOT_A_CAPTURE);
            }
        }
        return code;
    }

    /** Why a file could not be read, in one sentence. */
    static String reason(String file, IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return file + " does not exist";
        }
        if (problem instanceof AccessDeniedException) {
            return file + " cannot be read: permission denied";
        }
        if (problem instanceof NotACaptureException) {
            return problem.getMessage();
        }
        // its message begins with the file's name
        String reason = problem instanceof FileSystemException named ? named.getReason() : null;
        return file + " cannot be read: " + (reason == null ? problem.getMessage() : reason);
    }
}
