package io.slabcache.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** Chooses the file of the raw results. */
final class ResultFile {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    private ResultFile() {}

    /** Returns the given file, or a new name in the current folder; throws at once if it cannot be written later. */
    static Path prepare(Path given) {
        Path file =
                given == null ? Path.of("allocator-bench-" + LocalDateTime.now().format(TIME) + ".json") : given;
        Path folder = file.toAbsolutePath().getParent();
        boolean replaceable = Files.notExists(file) || Files.isRegularFile(file) && Files.isWritable(file);
        if (!replaceable || !isWritable(folder)) {
            throw new IllegalArgumentException(
                    "cannot write '%s', expected a file in a folder that exists and is writable; see --output."
                            .formatted(file));
        }
        return file;
    }

    /** Tries it: rights alone say nothing to a user who may do all, or of a file system that takes no file. */
    private static boolean isWritable(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, ".allocator-bench-", null));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
