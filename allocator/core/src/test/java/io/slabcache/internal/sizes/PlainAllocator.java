package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.memory.MemorySource;
import java.util.Optional;
import java.util.Set;

/** Makes an allocator without options. */
final class PlainAllocator {
    private PlainAllocator() {}

    static AllocatorParts parts(String name) {
        return new AllocatorParts(new AllocatorSettings(
                name,
                Checks.STANDARD,
                MisusePolicy.THROW,
                report -> {},
                Set.of(),
                Optional.empty(),
                MemorySource.arena(),
                Optional.empty(),
                Optional.empty()));
    }
}
