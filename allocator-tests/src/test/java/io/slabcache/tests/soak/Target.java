package io.slabcache.tests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.InvalidFreeException;
import io.slabcache.LiveObjectsException;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheStats;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * One cache under stress, and what was counted beside it.
 *
 * @param cache under stress
 * @param access how the workers call it
 * @param burst objects that are allocated at once when all is free
 * @param source of its memory
 * @param constructor marks fresh objects, so that the contents of each free object are known; or null
 * @param allocated objects that the workers got
 * @param freed objects that the workers gave back
 */
record Target(
        SlabCache cache,
        Access access,
        int burst,
        WatchedSource source,
        MarkingConstructor constructor,
        LongAdder allocated,
        LongAdder freed) {
    boolean isConstructed() {
        return constructor != null;
    }

    /** From now on faults are injected, or no more. */
    void inject(Set<Fault> faults) {
        source.fail(faults.contains(Fault.MEMORY));
        if (constructor != null) {
            constructor.meddle(faults.contains(Fault.CONSTRUCTOR));
        }
    }

    /** How often a fault made an allocation fail. */
    int injected() {
        return source.injected() + (constructor == null ? 0 : constructor.injected());
    }

    boolean isBounded() {
        return cache.stats().maxObjects() != Long.MAX_VALUE;
    }

    /** While no worker runs: what the cache counts is what the workers counted. */
    void check(List<Held> held) {
        Healthy.check(cache);
        SlabCacheStats stats = cache.stats();
        assertEquals(
                held.size(),
                stats.liveObjects(),
                () -> "live objects, counted beside it and by " + cache + forgotten(held));
        assertEquals(allocated.sum(), stats.allocations(), "allocations, counted beside it and by " + cache);
        assertEquals(freed.sum(), stats.frees(), "frees, counted beside it and by " + cache);
        assertEquals(0, stats.misuses(), "misuses of " + cache);
    }

    /** Some objects that are live although nobody holds them. Frees the others, so this is the end of the run. */
    private String forgotten(List<Held> held) {
        StringBuilder found = new StringBuilder();
        try {
            held.forEach(object -> cache.freeAddress(object.address()));
            cache.close();
        } catch (LiveObjectsException e) {
            for (long address : e.sampleAddresses()) {
                MemorySegment object = cache.segment(address);
                Mark last = object.byteSize() < Long.BYTES ? Mark.FRESH : Contents.writer(object);
                found.append("\nnobody holds ").append(new Held(this, address, last));
            }
        } catch (InvalidFreeException e) {
            found.append('\n').append(e.getMessage());
        }
        return found.toString();
    }

    /** When all was freed and no fault is injected: a burst, up to the bound, can be had, and all memory goes back. */
    void checkDrained() {
        check(List.of());
        long[] objects = new long[burst];
        assertTrue(cache.allocateBulk(objects, 0, burst), () -> burst + " objects of " + cache + " cannot be had");
        cache.freeBulk(objects, 0, burst);
        allocated.add(burst);
        freed.add(burst);
        cache.flush();
        cache.shrink();
        assertEquals(0, cache.stats().totalObjects(), "objects of " + cache + " after shrink");
        assertEquals(0, cache.stats().reservedBytes(), "reserved bytes of " + cache + " after shrink");
        assertEquals(0, source.out(), "regions that " + cache + " has not given back");
    }

    /** Identity: each target is one cache, and a hash of its counts would not stay the same. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return cache.toString();
    }
}
