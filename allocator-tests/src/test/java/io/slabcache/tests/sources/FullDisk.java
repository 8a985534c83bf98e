package io.slabcache.tests.sources;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.MemoryRefusedException;
import io.slabcache.memory.FileMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** A program that fills a disk of some 8 MiB. Prints the exception, and "fine" if the cache works before and after. */
final class FullDisk {
    private static final int MEBI = 1 << 20;

    private FullDisk() {}

    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[0]);
        try (SlabCache cache = SlabCache.builder("disk", MEBI)
                .slabBytes(3 * MEBI)
                .colouring(false) // the file is as long as its objects
                .memory(FileMemory.of(path))
                .build()) {
            for (int round = 0; round < 2; round++) {
                Deque<MemorySegment> objects = new ArrayDeque<>();
                fill(cache, objects);
                require(objects.size() == 6, objects.size() + " objects");
                require(Files.size(path) == 6 * MEBI, Files.size(path) + " bytes");
                objects.forEach(cache::free);
                cache.flush();
                cache.shrink();
                require(Files.size(path) == 0, Files.size(path) + " bytes");
            }
            require(cache.validate().isClean(), "not clean");
        }
        System.out.println("fine");
    }

    private static void fill(SlabCache cache, Deque<MemorySegment> objects) {
        while (objects.size() < 100) {
            try {
                objects.add(cache.allocate().fill((byte) 1));
            } catch (MemoryRefusedException e) {
                System.out.println(e.getMessage());
                return;
            }
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
