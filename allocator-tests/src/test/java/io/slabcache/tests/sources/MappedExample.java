package io.slabcache.tests.sources;

import io.slabcache.SlabCache;
import io.slabcache.memory.MappedMemory;

/** A user's program with mapped memory, which may be refused. The argument "strict" makes it strict. */
final class MappedExample {
    private MappedExample() {}

    public static void main(String[] arguments) {
        try {
            MappedMemory memory =
                    MappedMemory.builder().strict(arguments.length > 0).build();
            try (SlabCache cache = SlabCache.builder("example", 64)
                    .slabBytes(1 << 16)
                    .memory(memory)
                    .build()) {
                cache.free(cache.allocate());
                System.out.println("reserved: " + cache.stats().reservedBytes());
            }
        } catch (RuntimeException e) {
            System.out.println(e);
        }
    }
}
