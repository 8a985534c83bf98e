package io.slabcache.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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

/**
 * In steady state no call leaves garbage.
 *
 * <p>The JVM itself does, once for each class, on the calling thread: before it compiles the first method of a class,
 * it creates all string constants of that class. The time of that depends on the machine, so no fixed number of warm-up
 * rounds suffices; but a steady state must come.
 */
@ParameterizedClass(name = "lockless {0}, local {1}")
@CsvSource({"true, false", "true, true", "false, false", "false, true"})
class GarbageTest {
    private static final int CLEAN_ROUNDS = 20;
    private static final int MOST_ROUNDS = 500;
    private static final int CALLS = 2_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Parameter(0)
    boolean lockless;

    @Parameter(1)
    boolean local;

    private interface Work {
        void run(ObjectAllocator allocator);
    }

    private void assertNoGarbage(Work work) {
        try (SlabCache cache = SlabCache.builder("clean", 64).lockless(lockless).build()) {
            ObjectAllocator allocator = local ? cache.local() : cache;
            assertEquals(0, garbage(() -> work.run(allocator)), "bytes of garbage in the last round");
        }
    }

    /**
     * Runs rounds until many in succession left nothing. That includes the measurement's own allocations, so these must
     * be none.
     */
    static long garbage(Runnable round) {
        assumeTrue(THREADS.isThreadAllocatedMemorySupported(), "this JVM does not count allocated bytes");
        long bytes = 0;
        int clean = 0;
        for (int i = 0; i < MOST_ROUNDS && clean < CLEAN_ROUNDS; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            round.run();
            long left = THREADS.getCurrentThreadAllocatedBytes() - before;
            clean = left == 0 ? clean + 1 : 0;
            bytes = left == 0 ? bytes : left;
        }
        return clean == CLEAN_ROUNDS ? 0 : bytes;
    }

    /** Known bad: leaves garbage only now and then. */
    @Test
    void garbageOfEveryTenthRoundIsFound() {
        int[] rounds = {0};
        Object[] garbage = new Object[1];
        assertNotEquals(0, garbage(() -> {
            rounds[0]++;
            if (rounds[0] % 10 == 0) {
                garbage[0] = new byte[1];
            }
        }));
    }

    @Test
    void pairsOfAddresses() {
        assertNoGarbage(allocator -> {
            for (int i = 0; i < CALLS; i++) {
                allocator.freeAddress(allocator.allocateAddress());
            }
        });
    }

    /** Its user makes a view once. */
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
