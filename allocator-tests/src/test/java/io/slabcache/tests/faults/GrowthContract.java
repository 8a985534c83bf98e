package io.slabcache.tests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.tests.support.ScriptedSource;
import java.lang.foreign.MemorySegment;
import java.util.function.UnaryOperator;

/** A bounded cache that has to grow, with a source and a constructor that each test scripts. */
abstract class GrowthContract extends FaultContract {
    static final int BOUND = 24;

    final ScriptedSource source = new ScriptedSource();
    MemorySegment firstRegion;
    Runnable construction = () -> {};
    UnaryOperator<MemoryRegion> disguise = region -> region;

    @Override
    SlabCacheBuilder builder() {
        return super.builder().maxObjects(BOUND).memory(this::allocateRegion).constructor(object -> construction.run());
    }

    private MemoryRegion allocateRegion(long bytes, long alignment) {
        MemoryRegion region = source.allocate(bytes, alignment);
        firstRegion = firstRegion == null ? region.segment() : firstRegion;
        return disguise.apply(region);
    }

    final void allocateAll() {
        while (bystanders.size() < BOUND) {
            addBystander();
        }
    }

    /** Allocates until growth fails, which leaves no trace; returns the exception. */
    final Throwable growth() {
        while (bystanders.size() < BOUND) {
            SlabCacheStats before = cache.stats();
            try {
                addBystander();
            } catch (RuntimeException | OutOfMemoryError e) {
                checkInOrder();
                assertEquals(before.totalObjects(), cache.stats().totalObjects());
                assertEquals(before.reservedBytes(), cache.stats().reservedBytes());
                assertEquals(bystanders.size(), cache.stats().liveObjects());
                return e;
            }
        }
        throw new AssertionError("nothing failed: " + cache.stats());
    }
}
