package dev.swarmlens.analyzer.command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The process: {@link Swarmlens} with the standard streams. */
public final class Main {
    private static final int BUFFER = 1 << 16;

    private Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        Interruption.prepare();
        Output output = new Output(new FileOutputStream(FileDescriptor.out));
        PrintStream out = new PrintStream(new BufferedOutputStream(output, BUFFER), false, StandardCharsets.UTF_8);
        // unlike System.in, a channel's stream can be interrupted while it waits
        InputStream in = Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel());
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int code = Swarmlens.run(List.of(args), in, out, err);
        out.flush();
        if (output.isBroken()) {
            err.println("swarmlens: cannot write the output: " + output.reason());
            code = ExitCode.NOT_A_CAPTURE.code();
        }
        Interruption.finish();
        if (!Interruption.isRequested()) {
            System.exit(code);
        }
    }
}
