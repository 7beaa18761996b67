package dev.swarmlens.capture;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a capture is written to, in which format, and what a pcapng file says about itself.
 *
 * <pre>{@code
 * CaptureOutput.to(Path.of("cut.pcapng.zst")).application("swarmlens 0.1.0").comment("the second minute").open()
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class CaptureOutput {
    private final Optional<Path> path;
    private final Optional<OutputStream> stream;
    private final String name;
    private OutputFormat format;
    private Compression compression;
    private final List<String> comments = new ArrayList<>();
    private Optional<String> hardware = Optional.empty();
    private Optional<String> operatingSystem = Optional.empty();
    private Optional<String> application = Optional.empty();

    private CaptureOutput(Optional<Path> path, Optional<OutputStream> stream, String name) {
        this.path = path;
        this.stream = stream;
        this.name = name;
        this.format = OutputFormat.ofName(name);
        this.compression = Compression.ofName(name);
    }

    /**
     * Names a file, which is replaced if there is one, or a named pipe.
     *
     * @param path its ending says the format and the compression, unless they are set: {@code a.pcap.gz} is pcap in gzip
     */
    public static CaptureOutput to(Path path) {
        return new CaptureOutput(Optional.of(path), Optional.empty(), path.toString());
    }

    /**
     * Names a stream.
     *
     * @param stream closed with the writer
     * @param name what messages call it; its ending says the format and the compression, unless they are set: pcapng and
     *     none for {@code -}
     */
    public static CaptureOutput to(OutputStream stream, String name) {
        return new CaptureOutput(Optional.empty(), Optional.of(stream), name);
    }

    /** Sets the format, whatever the name says. */
    public CaptureOutput format(OutputFormat newFormat) {
        format = newFormat;
        return this;
    }

    /** Sets the compression, whatever the name says. */
    public CaptureOutput compression(Compression newCompression) {
        compression = newCompression;
        return this;
    }

    /** Names the program that writes. */
    public CaptureOutput application(String text) {
        application = Optional.of(text);
        return this;
    }

    /** Names the machine that captured. */
    public CaptureOutput hardware(String text) {
        hardware = Optional.of(text);
        return this;
    }

    /** Names the operating system that captured. */
    public CaptureOutput operatingSystem(String text) {
        operatingSystem = Optional.of(text);
        return this;
    }

    /** Adds a comment about the whole capture. */
    public CaptureOutput comment(String text) {
        comments.add(text);
        return this;
    }

    /**
     * Says about the capture what a section of another one says about itself; its application, too.
     *
     * @param section a section that was read
     */
    public CaptureOutput like(CaptureSection section) {
        section.hardware().ifPresent(this::hardware);
        section.operatingSystem().ifPresent(this::operatingSystem);
        section.application().ifPresent(this::application);
        comments.addAll(section.comments());
        return this;
    }

    /**
     * Opens the file.
     *
     * @throws IllegalArgumentException if a text is longer than the 65 535 bytes that pcapng allows
     * @throws IOException if it cannot be written
     */
    public CaptureWriter open() throws IOException {
        OutputStream target = stream.isPresent() ? stream.get() : create(path.orElseThrow());
        try {
            Output output = new Output(compression.compress(target), name);
            return switch (format) {
                case PCAP -> new PcapWriter(output, TimeResolution.MICROSECONDS);
                case PCAP_NANOSECONDS -> new PcapWriter(output, TimeResolution.NANOSECONDS);
                case PCAPNG -> new PcapngWriter(output, this);
            };
        } catch (IOException | RuntimeException failure) {
            try (target) {
                throw failure;
            }
        }
    }

    private static OutputStream create(Path path) throws IOException {
        try {
            // Unlike a channel, this stream is not closed by an interruption, after which the file is still to be
            // completed.
            return new FileOutputStream(path.toFile());
        } catch (FileNotFoundException refused) {
            Path folder = path.toAbsolutePath().getParent();
            String reason = Files.isDirectory(path)
                    ? "it is a directory"
                    : folder != null && Files.notExists(folder) ? "its folder does not exist" : "permission denied";
            throw new IOException(path + " cannot be written: " + reason, refused);
        }
    }

    List<String> comments() {
        return comments;
    }

    Optional<String> hardware() {
        return hardware;
    }

    Optional<String> operatingSystem() {
        return operatingSystem;
    }

    Optional<String> application() {
        return application;
    }
}
