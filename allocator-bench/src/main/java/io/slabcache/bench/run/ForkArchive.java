package io.slabcache.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The classes of a fork, archived once for all forks of a run (class data sharing). A fork then starts in two thirds of the
 * time. That changes nothing that is measured: the archive has no compiled code and no profile.
 */
final class ForkArchive implements AutoCloseable {

    private static final String QUIET = "-Xlog:all=off";

    private final Path file;

    private ForkArchive(Path file) {
        this.file = file;
    }

    /** Makes the archive with a short fork of the step; without one where this JVM cannot make it. */
    static ForkArchive of(Plan plan) throws RunnerException {
        if (plan.steps().size() < 2 || !Files.isRegularFile(Path.of(System.getProperty("java.class.path")))) {
            return new ForkArchive(null);
        }
        try {
            Path file = Files.createTempFile("allocator-bench-", ".jsa");
            Files.delete(file);
            Fork training = new Fork(Settings.TRAINING, List.of("-XX:ArchiveClassesAtExit=" + file, QUIET));
            training.run(plan.steps().getFirst());
            return new ForkArchive(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the arguments of a fork that uses it. */
    List<String> jvmArguments() {
        return file != null && Files.exists(file)
                ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto")
                : List.of();
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A file in the folder for temporary files.
            file.toFile().deleteOnExit();
        }
    }
}
