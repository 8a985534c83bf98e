package io.slabcache.tests.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The system's pool of pages of 2 MiB. */
final class HugePages {
    private static final Path POOL = Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB");

    private HugePages() {}

    /** Returns the pages that are neither in use nor set aside. */
    static long free() throws IOException {
        return Files.isDirectory(POOL) ? read("free_hugepages") - reserved() : 0;
    }

    /** Returns the pages that are set aside and not touched yet. */
    static long reserved() throws IOException {
        return read("resv_hugepages");
    }

    private static long read(String name) throws IOException {
        return Long.parseLong(Files.readString(POOL.resolve(name)).strip());
    }
}
