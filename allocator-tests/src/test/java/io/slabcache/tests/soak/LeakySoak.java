package io.slabcache.tests.soak;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.io.IOException;
import java.lang.foreign.Arena;

/** A soak whose memory source leaks regions that were given back. */
final class LeakySoak {
    private LeakySoak() {}

    /** Runs like {@link Soak}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Soak.run(
                (bytes, alignment) -> {
                    MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
                    return MemoryRegion.of(Arena.ofShared(), region.segment());
                },
                Access::new);
    }
}
