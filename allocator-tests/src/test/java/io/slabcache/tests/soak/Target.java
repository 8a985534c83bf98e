package io.slabcache.tests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * One cache under stress, with the workers' own counts. A stack overflow may lose objects; another cache then replaces
 * this one after the next drain.
 */
final class Target {
    private final SlabCacheBuilder builder;
    private final Function<SlabCache, Access> accesses;
    private final int burst;
    private final WatchedSource source;
    private final MarkingConstructor constructor;
    private final LongAdder allocated = new LongAdder();
    private final LongAdder freed = new LongAdder();
    private final LongAdder cutShort = new LongAdder();

    /** Changes only between rounds. */
    private volatile Access access;

    // When the cache was built.
    private long allocatedBefore;
    private long freedBefore;
    private long cutShortBefore;

    /**
     * Builds the cache.
     *
     * @param builder of caches of one kind
     * @param accesses how the workers call a cache
     * @param burst objects that are allocated at once when all is free
     * @param source of the memory
     * @param constructor marks fresh objects, so that the contents of each free object are known; or null
     */
    Target(
            SlabCacheBuilder builder,
            Function<SlabCache, Access> accesses,
            int burst,
            WatchedSource source,
            MarkingConstructor constructor) {
        this.builder = builder;
        this.accesses = accesses;
        this.burst = burst;
        this.source = source;
        this.constructor = constructor;
        build();
    }

    private void build() {
        access = accesses.apply(builder.build());
        allocatedBefore = allocated.sum();
        freedBefore = freed.sum();
        cutShortBefore = cutShort.sum();
    }

    SlabCache cache() {
        return access.cache;
    }

    Access access() {
        return access;
    }

    WatchedSource source() {
        return source;
    }

    /** Returns the number of objects that the workers got. */
    LongAdder allocated() {
        return allocated;
    }

    /** Returns the number of objects that the workers gave back. */
    LongAdder freed() {
        return freed;
    }

    /** Returns the number of workers' calls that overflowed the stack. */
    LongAdder cutShort() {
        return cutShort;
    }

    boolean isConstructed() {
        return constructor != null;
    }

    /** Sets the faults that are injected from now on. */
    void inject(Set<Fault> faults) {
        source.fail(faults.contains(Fault.MEMORY));
        if (constructor != null) {
            constructor.meddle(faults.contains(Fault.CONSTRUCTOR));
        }
    }

    /** Returns how often a fault made an allocation fail. */
    int injected() {
        return source.injected() + (constructor == null ? 0 : constructor.injected());
    }

    boolean isBounded() {
        return cache().stats().maxObjects() != Long.MAX_VALUE;
    }

    /** Returns the number of calls to the current cache that overflowed, whose effect is unknown. */
    private long doubtful() {
        return cutShort.sum() - cutShortBefore;
    }

    /** Checks that the cache's counts match those of the workers; call it while no worker runs. */
    void check(List<Held> held) {
        if (doubtful() == 0) {
            Healthy.check(cache());
        } else {
            Healthy.checkDespiteLosses(cache());
        }
        SlabCacheStats stats = cache().stats();
        // Each overflow may lose the one object in transit.
        long most = held.size() + doubtful();
        long live = stats.liveObjects();
        assertTrue(
                held.size() <= live && live <= most,
                () -> live + " live objects, but " + held.size() + " held by workers, after " + doubtful()
                        + " overflows of " + cache() + forgotten(held));
        checkNear("allocations", allocated.sum() - allocatedBefore, stats.allocations());
        checkNear("frees", freed.sum() - freedBefore, stats.frees());
        assertEquals(0, stats.misuses(), () -> "misuses of " + cache());
    }

    /** A call that overflowed may or may not have been counted. */
    private void checkNear(String what, long expected, long counted) {
        assertTrue(
                Math.abs(expected - counted) <= doubtful(),
                () -> what + ", counted beside it " + expected + " and by " + cache() + " " + counted + ", after "
                        + doubtful() + " overflows");
    }

    /** Returns some live objects that no worker holds. Frees the others, so this ends the run. */
    private String forgotten(List<Held> held) {
        StringBuilder found = new StringBuilder();
        try {
            held.forEach(object -> cache().freeAddress(object.address()));
            cache().close();
        } catch (LiveObjectsException e) {
            for (long address : e.sampleAddresses()) {
                MemorySegment object = cache().segment(address);
                Mark last = object.byteSize() < Long.BYTES ? Mark.FRESH : Contents.writer(object);
                found.append("\nno worker holds ").append(new Held(this, address, last));
            }
        } catch (InvalidFreeException e) {
            found.append('\n').append(e.getMessage());
        }
        return found.toString();
    }

    /**
     * Checks that a burst up to the bound succeeds and all memory goes back; call it when all is free and no fault is
     * injected.
     */
    void checkDrained() {
        check(List.of());
        int count = burst - (isBounded() ? (int) cache().stats().liveObjects() : 0);
        long[] objects = new long[count];
        assertTrue(cache().allocateBulk(objects, 0, count), () -> count + " objects of " + cache() + " cannot be had");
        cache().freeBulk(objects, 0, count);
        allocated.add(count);
        freed.add(count);
        cache().flush();
        cache().shrink();
        if (doubtful() > 0) {
            check(List.of());
            cache().closeNow();
        } else {
            assertEquals(0, cache().stats().totalObjects(), () -> "objects of " + cache() + " after shrink");
            assertEquals(0, cache().stats().reservedBytes(), () -> "reserved bytes of " + cache() + " after shrink");
        }
        assertEquals(0, source.out(), () -> "regions that " + cache() + " has not given back");
        if (doubtful() > 0) {
            build();
        }
    }

    @Override
    public String toString() {
        return cache().toString();
    }
}
