package dev.swarmlens.analyzer.command;

import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Damage;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.NotACaptureException;
import dev.swarmlens.capture.SlicedCapture;
import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
    /** With what ring buffers number their files: {@code _00001_20261122113046} before it, or a number behind it. */
    private static final Pattern EXTENSION =
            Pattern.compile("(_\\d{5}_\\d{14})?\\.(pcap|pcapng|cap|ntar)\\d*(\\.(gz|zst|lz4|xz|bz2))?$");

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

    /** Files of the same name in several folders are told apart by their folders; in one folder they are parts of one capture. */
    private static List<Input> named(List<Input> inputs) {
        Map<String, Set<String>> folders = new HashMap<>();
        inputs.forEach(input -> folders.computeIfAbsent(input.baseName(), any -> new HashSet<>())
                .add(input.folderAndBaseName()));
        return inputs.stream()
                .map(input -> input.point != null
                        ? input
                        : new Input(
                                folders.get(input.baseName()).size() > 1 ? input.folderAndBaseName() : input.baseName(),
                                input.file,
                                input.resync))
                .toList();
    }

    boolean isStandardInput() {
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
    OptionalLong size() {
        try {
            return !isStandardInput() && Files.isRegularFile(path(file))
                    ? OptionalLong.of(Files.size(path(file)))
                    : OptionalLong.empty();
        } catch (IOException told) {
            // when it is read
            return OptionalLong.empty();
        }
    }

    /** Cuts it into slices, if it can be cut. */
    SlicedCapture slices(int parts) throws IOException {
        SlicedCapture slices = SlicedCapture.evenly(path(file), parts);
        return resync ? slices.resync() : slices;
    }

    /** Opens it; where packets are still arriving, what is printed of them is shown before waiting for more. */
    CaptureReader open(Streams streams) throws IOException {
        CaptureReader reader = open(streams.in(), streams.out());
        return resync ? reader.resync() : reader;
    }

    private CaptureReader open(InputStream standardInput, Flushable shown) throws IOException {
        if (isStandardInput()) {
            return CaptureReader.open(new PatientInput(standardInput, shown), STANDARD_INPUT);
        }
        Path path = path(file);
        if (Files.isRegularFile(path) || Files.isDirectory(path)) {
            return CaptureReader.open(path);
        }
        InputStream pipe = new PatientInput(Channels.newInputStream(FileChannel.open(path)), shown);
        try {
            return CaptureReader.open(pipe, file);
        } catch (IOException | RuntimeException failed) {
            try (pipe) {
                throw failed;
            }
        }
    }

    /**
     * Puts the files of each point in the order of their first packets, which is that of a ring buffer's files: their names may sort
     * otherwise. Pipes, which can be read only once, and what is no capture stay in their places.
     */
    static List<Input> inTimeOrder(List<Input> inputs) {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            places.computeIfAbsent(inputs.get(i).point, any -> new ArrayList<>())
                    .add(i);
        }
        List<Input> ordered = new ArrayList<>(inputs);
        for (List<Integer> ofPoint : places.values()) {
            Map<Input, Long> times = new LinkedHashMap<>();
            List<Integer> slots = new ArrayList<>();
            for (int place : ofPoint) {
                OptionalLong first = ofPoint.size() > 1 ? inputs.get(place).firstTime() : OptionalLong.empty();
                if (first.isPresent()) {
                    times.putIfAbsent(inputs.get(place), first.getAsLong());
                    slots.add(place);
                }
            }
            List<Input> sorted = slots.stream()
                    .map(inputs::get)
                    .sorted(Comparator.comparing(times::get))
                    .toList();
            for (int i = 0; i < slots.size(); i++) {
                ordered.set(slots.get(i), sorted.get(i));
            }
        }
        return ordered;
    }

    /** The time of the first packet of a file that can be read twice, if it has one. */
    private OptionalLong firstTime() {
        try {
            if (isStandardInput() || !Files.isRegularFile(path(file))) {
                return OptionalLong.empty();
            }
            try (CaptureReader reader = CaptureReader.open(path(file))) {
                Frame frame = new Frame();
                return reader.next(frame) && frame.hasTime()
                        ? OptionalLong.of(frame.timeNanos())
                        : OptionalLong.empty();
            }
        } catch (IOException told) {
            // when it is read
            return OptionalLong.empty();
        }
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
            try (CaptureReader reader = input.open(streams)) {
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
