package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Checks;
import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Many threads put objects into a table and take out those of others: no object has two owners. */
@ParameterizedClass(name = "lockless {0}, checks {1}, bound {2}")
@CsvSource({
    "true, STANDARD, 0",
    "true, NONE, 0",
    "false, STANDARD, 0",
    "false, NONE, 0",
    "true, STANDARD, 700",
    "true, NONE, 700"
})
class SharedTableTest {
    private static final int PLACES = 512;
    private static final int THREADS = 6;
    private static final int STEPS = 20_000;

    /** An entry of the table: an object, and the owner in its cookie. */
    private record Owned(MemorySegment object, long owner) {}

    @Parameter(0)
    boolean lockless;

    @Parameter(1)
    Checks checks;

    @Parameter(2)
    long bound;

    private final AtomicReferenceArray<Owned> table = new AtomicReferenceArray<>(PLACES);

    private SlabCache cache() {
        return SlabCache.builder("table", 40)
                .lockless(lockless)
                .checks(checks)
                .magazineCapacity(16)
                .maxObjects(bound == 0 ? Long.MAX_VALUE : bound)
                .slabBytes(40 * 100)
                .build();
    }

    @Test
    void noObjectHasTwoOwners() {
        try (SlabCache cache = cache()) {
            Workers workers = new Workers();
            for (int i = 0; i < THREADS; i++) {
                long owner = i;
                workers.platform(() -> work(owner % 2 == 0 ? cache : cache.local(), owner));
                workers.virtual(() -> work(cache, owner + THREADS));
            }
            workers.run();
            int left = drain(cache);
            Healthy.checkNothingLive(cache);
            assertEquals(0, cache.stats().misuses());
            assertTrue(left > 0, "the table was not used");
            cache.flush();
            cache.shrink();
            assertEquals(0, cache.stats().totalObjects());
        }
    }

    private void work(ObjectAllocator allocator, long owner) {
        SplittableRandom random = new SplittableRandom(owner);
        for (int step = 0; step < STEPS; step++) {
            long cookie = owner << 32 | step;
            MemorySegment object = allocator.tryAllocate();
            Owned mine = object == null ? null : new Owned(object, cookie);
            if (mine != null) {
                Cookies.write(object, cookie);
            }
            Owned theirs = table.getAndSet(random.nextInt(PLACES), mine);
            if (theirs != null) {
                Cookies.check(theirs.object, theirs.owner);
                Cookies.write(theirs.object, ~cookie);
                Cookies.check(theirs.object, ~cookie);
                allocator.free(theirs.object);
            }
        }
    }

    private int drain(SlabCache cache) {
        int left = 0;
        for (int i = 0; i < PLACES; i++) {
            Owned owned = table.getAndSet(i, null);
            if (owned != null) {
                Cookies.check(owned.object, owned.owner);
                cache.free(owned.object);
                left++;
            }
        }
        return left;
    }
}
