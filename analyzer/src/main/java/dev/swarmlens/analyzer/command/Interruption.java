package dev.swarmlens.analyzer.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C: reading ends, what was read is printed, and then the process goes. */
final class Interruption {
    private static final long PATIENCE_SECONDS = 10;
    private static final int EXIT_CODE = 130;
    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static volatile boolean requested;

    private Interruption() {}

    /** Makes the JVM's shutdown wait for the command to print its results. */
    static void prepare() {
        Thread reading = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (FINISHED.getCount() == 0) {
                                return;
                            }
                            requested = true;
                            // it may wait for a pipe in which nothing comes
                            reading.interrupt();
                            try {
                                boolean printed = FINISHED.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                                assert printed || requested;
                            } catch (InterruptedException again) {
                                Thread.currentThread().interrupt();
                            }
                            // whichever signal it was
                            Runtime.getRuntime().halt(EXIT_CODE);
                        },
                        "interruption"));
    }

    /** Whether the user has had enough. */
    static boolean isRequested() {
        return requested;
    }

    /** Says that the results are printed. */
    static void finish() {
        FINISHED.countDown();
    }
}
