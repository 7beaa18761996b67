package dev.swarmlens.codecs;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How many bytes a piece of code allocates, by the virtual machine's own count. */
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 300;
    private static final int RUNS = 20;

    private Allocation() {}

    /** The least that any of several runs allocates after warming up; what the virtual machine allocates once is left out. */
    static long leastOf(Runnable code) {
        for (int i = 0; i < WARM_UP; i++) {
            code.run();
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            code.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
