package io.slabcache.tests.contract;

import io.slabcache.SlabCache;
import io.slabcache.memory.FileMemory;
import io.slabcache.memory.MappedMemory;
import io.slabcache.memory.MemorySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the memory of a cache comes from. */
enum Source {
    ARENA,
    MAPPED,
    FILE;

    /** Returns whether this JVM allows it: the contract also runs where native access is denied. */
    boolean isAllowed() {
        return this != MAPPED || SlabCache.class.getModule().isNativeAccessEnabled();
    }

    MemorySource memory() {
        return switch (this) {
            case ARENA -> MemorySource.arena();
            case MAPPED -> MappedMemory.builder().guardPages(true).build();
            case FILE -> FileMemory.of(newFile());
        };
    }

    private static Path newFile() {
        try {
            Path file = Files.createTempFile("slabcache", ".objects");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
