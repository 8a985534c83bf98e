package io.slabcache.tests.launch;

import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A user's program that uses every part of the library that might make a JVM print a warning. */
final class Example {
    private Example() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (SlabCache cache = SlabCache.builder("example", ValueLayout.JAVA_LONG)
                .maxObjects(1_000)
                .build()) {
            MemorySegment object = cache.allocateZeroed();
            object.set(ValueLayout.JAVA_LONG, 0, 42);
            LocalCache local = cache.local();
            local.freeAddress(local.allocateAddress());
            Thread.ofVirtual().start(() -> cache.free(object)).join();
            cache.flush();
            cache.shrink();
            System.out.println("live objects: " + cache.stats().liveObjects());
        }
    }
}
