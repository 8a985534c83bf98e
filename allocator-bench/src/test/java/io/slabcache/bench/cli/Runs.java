package io.slabcache.bench.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs of the whole program within the JVM of a test. */
public final class Runs {

    private Runs() {}

    /** Runs with these arguments, has the results written to the file, and returns it. */
    public static Path write(Path file, String... arguments) {
        StringWriter err = new StringWriter();
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--output=" + file;
        int exitCode = Cli.run(new PrintWriter(new StringWriter()), new PrintWriter(err), all);
        if (exitCode != 0) {
            throw new AssertionError("exit code " + exitCode + ": " + err);
        }
        return file;
    }
}
