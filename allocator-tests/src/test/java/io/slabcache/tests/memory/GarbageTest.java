package io.slabcache.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.slabcache.GenerationHandles;
import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** In steady state no call leaves anything for the garbage collector. */
@ParameterizedClass(name = "lockless {0}, local {1}")
@CsvSource({"true, false", "true, true", "false, false", "false, true"})
class GarbageTest {
    private static final int WARM_UP_ROUNDS = 20;
    private static final int CALLS = 2_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Parameter(0)
    boolean lockless;

    @Parameter(1)
    boolean local;

    private interface Work {
        void run(ObjectAllocator allocator);
    }

    /** Includes what the measurement itself allocates, which is why that is nothing. */
    private void assertNoGarbage(Work work) {
        assumeTrue(THREADS.isThreadAllocatedMemorySupported(), "this JVM does not count allocated bytes");
        try (SlabCache cache = SlabCache.builder("clean", 64).lockless(lockless).build()) {
            ObjectAllocator allocator = local ? cache.local() : cache;
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                work.run(allocator);
            }
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run(allocator);
            long after = THREADS.getCurrentThreadAllocatedBytes();
            assertEquals(0, after - before, "bytes of garbage");
        }
    }

    @Test
    void pairsOfAddresses() {
        assertNoGarbage(allocator -> {
            for (int i = 0; i < CALLS; i++) {
                allocator.freeAddress(allocator.allocateAddress());
            }
        });
    }

    /** A view is made once by who uses it. */
    private static final class Handles implements Work {
        private final long[] held = new long[CALLS];
        private GenerationHandles handles;

        @Override
        public void run(ObjectAllocator allocator) {
            handles = handles == null ? allocator.generations() : handles;
            for (int i = 0; i < CALLS; i++) {
                handles.free(handles.allocate());
            }
            for (int i = 0; i < CALLS; i++) {
                held[i] = handles.tryAllocate();
            }
            for (long handle : held) {
                if (handles.isLive(handle) && handles.segment(handle).address() == handles.address(handle)) {
                    handles.free(handle);
                }
            }
        }
    }

    @Test
    void handlesWithGenerations() {
        assertNoGarbage(new Handles());
    }

    @Test
    void pairsOfSegments() {
        assertNoGarbage(allocator -> {
            for (int i = 0; i < CALLS; i++) {
                allocator.free(allocator.allocate());
            }
        });
    }

    @Test
    void waves() {
        MemorySegment[] objects = new MemorySegment[CALLS];
        assertNoGarbage(allocator -> {
            for (int i = 0; i < CALLS; i++) {
                objects[i] = allocator.tryAllocate();
            }
            for (int i = 0; i < CALLS; i++) {
                allocator.free(objects[i]);
            }
        });
    }

    @Test
    void bulksOfAddresses() {
        long[] addresses = new long[CALLS];
        assertNoGarbage(allocator -> {
            allocator.allocateBulk(addresses, 0, CALLS);
            allocator.freeBulk(addresses, 0, CALLS);
        });
    }

    @Test
    void bulksOfSegments() {
        MemorySegment[] objects = new MemorySegment[CALLS];
        assertNoGarbage(allocator -> {
            allocator.allocateBulk(objects, 0, CALLS);
            allocator.freeBulk(objects, 0, CALLS);
        });
    }
}
