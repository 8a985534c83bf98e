package io.slabcache.bench.cli;

import java.io.PrintWriter;

/** How the program ends, beside 0; {@code --help} lists them. */
final class ExitCode {
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int BUSY = 3;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** Says that a series of forks was stopped, and returns the exit code. */
    static int interrupted(PrintWriter err) {
        err.println("allocator-bench: ended before the last fork.");
        err.flush();
        return INTERRUPTED;
    }
}
