package io.slabcache.bench.cli;

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
        boolean writable = Files.exists(file)
                ? Files.isRegularFile(file) && Files.isWritable(file)
                : Files.isDirectory(folder) && Files.isWritable(folder);
        if (!writable) {
            throw new IllegalArgumentException(
                    "cannot write '%s', expected a file in a folder that exists and is writable; see --output."
                            .formatted(file));
        }
        return file;
    }
}
