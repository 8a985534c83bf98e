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
 * One cache under stress, and what was counted beside it. An overflow of the stack may cost a cache some objects; then there
 * is another one in its place after the next drain.
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

    /** Changes between two rounds. */
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

    /** Objects that the workers got. */
    LongAdder allocated() {
        return allocated;
    }

    /** Objects that the workers gave back. */
    LongAdder freed() {
        return freed;
    }

    /** Calls of the workers that were cut short by an overflow of the stack. */
    LongAdder cutShort() {
        return cutShort;
    }

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
        return cache().stats().maxObjects() != Long.MAX_VALUE;
    }

    /** Calls to this cache, and not to those before it, of which nobody knows how far they came. */
    private long doubtful() {
        return cutShort.sum() - cutShortBefore;
    }

    /** While no worker runs: what the cache counts is what the workers counted. */
    void check(List<Held> held) {
        if (doubtful() == 0) {
            Healthy.check(cache());
        } else {
            Healthy.checkDespiteLosses(cache());
        }
        SlabCacheStats stats = cache().stats();
        // Each overflow may cost the one object that was on its way.
        long most = held.size() + doubtful();
        long live = stats.liveObjects();
        assertTrue(
                held.size() <= live && live <= most,
                () -> live + " live objects, but " + held.size() + " in somebody's hands, after " + doubtful()
                        + " overflows of " + cache() + forgotten(held));
        checkNear("allocations", allocated.sum() - allocatedBefore, stats.allocations());
        checkNear("frees", freed.sum() - freedBefore, stats.frees());
        assertEquals(0, stats.misuses(), () -> "misuses of " + cache());
    }

    /** Whether a call that was cut short is counted, nobody knows. */
    private void checkNear(String what, long expected, long counted) {
        assertTrue(
                Math.abs(expected - counted) <= doubtful(),
                () -> what + ", counted beside it " + expected + " and by " + cache() + " " + counted + ", after "
                        + doubtful() + " overflows");
    }

    /** Some objects that are live although nobody holds them. Frees the others, so this is the end of the run. */
    private String forgotten(List<Held> held) {
        StringBuilder found = new StringBuilder();
        try {
            held.forEach(object -> cache().freeAddress(object.address()));
            cache().close();
        } catch (LiveObjectsException e) {
            for (long address : e.sampleAddresses()) {
                MemorySegment object = cache().segment(address);
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
