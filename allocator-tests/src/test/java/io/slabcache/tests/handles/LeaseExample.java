package io.slabcache.tests.handles;

import io.slabcache.Lease;
import io.slabcache.SlabCache;
import java.lang.foreign.ValueLayout;

/** A user's program that asks for a lease, which may be denied. */
final class LeaseExample {
    private LeaseExample() {}

    public static void main(String[] arguments) {
        try (SlabCache cache =
                SlabCache.builder("example", ValueLayout.JAVA_LONG).build()) {
            try (Lease lease = cache.allocateLeased()) {
                lease.segment().set(ValueLayout.JAVA_LONG, 0, 42);
                System.out.println("leased, live objects: " + cache.stats().liveObjects());
            } catch (IllegalCallerException e) {
                System.out.println(e.getMessage());
            }
            cache.free(cache.allocate());
            System.out.println("live objects: " + cache.stats().liveObjects());
        }
    }
}
