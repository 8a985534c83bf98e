package io.slabcache.tests.guard;

import static io.slabcache.tests.support.Texts.assertSays;
import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.MisuseReport.Kind;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Access;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The slab of guarded objects comes and goes: findings at its end, and the owners of its objects when the cache closes. */
class GuardEndTest extends GuardContract {
    private static final int ROUNDS = 40;

    @ParameterizedTest
    @EnumSource
    void aWriteAfterFreeIsReportedWhenTheMemoryGoesBack(MisusePolicy policy) {
        for (boolean isClosed : new boolean[] {false, true}) {
            reports.clear();
            SlabCache ending = builder().guardedSampling(1).onMisuse(policy).build();
            long object = ending.allocateAddress();
            ending.freeAddress(object);
            memory.spoil(object + 3);
            if (isClosed) {
                ending.close();
            } else {
                assertTrue(ending.shrink() > 0);
            }
            assertEquals(1, reports.size());
            MisuseReport report = reports.getFirst();
            assertEquals(Kind.USE_AFTER_FREE, report.kind());
            assertEquals(object, report.object());
            assertSays(report.text(), "cache 'guarded': written after free", "\nfreed at ", "the memory went back");
            assertEquals(1, ending.stats().misuses());
            assertEquals(0, ending.stats().totalObjects());
            assertSays(log.records().getLast().getMessage(), "written after free");
            ending.close();
        }
        assertEquals(0, memory.regions());
    }

    /** Through all entry points, on both kinds of thread: each further call reports that the cache is closed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void threadsThatGoOnWhenItEnds(boolean lockless) {
        for (int round = 0; round < ROUNDS; round++) {
            SlabCache ending = builder()
                    .guardedSampling(1)
                    .lockless(lockless)
                    .magazineCapacity(1)
                    .build();
            CountDownLatch busy = new CountDownLatch(Access.values().length);
            ConcurrentLinkedQueue<MemorySegment> last = new ConcurrentLinkedQueue<>();
            Workers workers = new Workers();
            for (Access access : Access.values()) {
                workers.through(access, () -> last.add(allocateUntilTheEnd(access, ending, busy)));
            }
            workers.platform(() -> {
                        busy.await();
                        ending.closeNow();
                    })
                    .run();
            last.forEach(object -> assertFalse(object.scope().isAlive()));
            assertEquals(0, ending.stats().misuses());
            assertEquals(0, memory.regions());
        }
        assertEquals(0, reports.size());
    }

    private static MemorySegment allocateUntilTheEnd(Access access, SlabCache cache, CountDownLatch busy) {
        MemorySegment object = access.to(cache).allocate();
        busy.countDown();
        try {
            while (true) {
                access.to(cache).free(object);
                object = access.to(cache).allocate();
            }
        } catch (IllegalStateException e) {
            assertEquals("cache 'guarded' is closed", withoutIds(e.getMessage()));
            assertEquals(IllegalStateException.class, e.getClass());
            return object;
        }
    }

    /** The slab of an object that is already free may be given back in the middle of a second free. */
    @Test
    void aDoubleFreeInABulkWhileItsSlabGoes() {
        cache = builder().guardedSampling(1).lockless(false).build();
        for (int round = 0; round < 5 * ROUNDS; round++) {
            long guarded = cache.allocateAddress();
            long[] addresses = new long[70];
            assertTrue(cache.allocateBulk(addresses, 0, addresses.length));
            long ordinary = addresses[69];
            cache.freeBulk(addresses, 0, 69);
            cache.freeAddress(guarded);
            CyclicBarrier start = new CyclicBarrier(2);
            new Workers()
                    .platform(() -> {
                        start.await();
                        assertThrows(
                                InvalidFreeException.class, () -> cache.freeBulk(new long[] {ordinary, guarded}, 0, 2));
                    })
                    .platform(() -> {
                        start.await();
                        cache.shrink();
                    })
                    .run();
            assertEquals(1, cache.stats().liveObjects());
            cache.freeAddress(ordinary);
        }
    }

    /** The log message that nothing can be guarded is the only effect: no allocation fails. */
    @Test
    void atTheBoundThereMayBeNoMemoryForTheGuardedOnes() {
        int[] asked = {0};
        MemorySource source = (bytes, alignment) -> {
            if (asked[0]++ > 0) {
                throw new OutOfMemoryError("one region is all there is");
            }
            return MemorySource.arena().allocate(bytes, alignment);
        };
        cache = builder()
                .memory(source)
                .maxObjects(16)
                .guardedSampling(1_000_000_000_000L)
                .build();
        MemorySegment[] objects = new MemorySegment[14];
        assertTrue(cache.allocateBulk(objects, 0, objects.length));
        for (int i = 0; i < 3; i++) {
            assertNull(cache.tryAllocate());
        }
        assertEquals(3, cache.stats().exhaustions());
        assertEquals(2, asked[0]);
        assertEquals(1, log.records().size());
        assertSays(log.records().getFirst().getMessage(), "continues without them");
        cache.freeBulk(objects, 0, objects.length);
    }

    /**
     * One constructor runs for the guarded slab, another for an ordinary one, and both allocate: neither waits for the
     * other.
     */
    @Test
    void twoConstructorsThatAllocateDoNotWaitForEachOther() {
        CountDownLatch both = new CountDownLatch(2);
        ThreadLocal<Boolean> isInside = ThreadLocal.withInitial(() -> false);
        ConcurrentLinkedQueue<Long> allocated = new ConcurrentLinkedQueue<>();
        cache = builder()
                .guardedSampling(1)
                .constructor(object -> {
                    if (!isInside.get()) {
                        isInside.set(true);
                        both.countDown();
                        await(both);
                        allocated.addAll(allocateIfThereIsOne());
                    }
                })
                .build();
        new Workers()
                .platform(() -> allocated.add(cache.allocateAddress()))
                .platform(() -> assertEquals(1, cache.prefill(1)))
                .run();
        assertEquals(2, cache.stats().slabs());
        assertEquals(2, allocated.size());
        assertEquals(List.of(), log.records());
        allocated.forEach(cache::freeAddress);
    }

    /** Each holds the growth lock of its own slab. */
    @Test
    void twoConstructorsThatShrinkDoNotWaitForEachOther() {
        CyclicBarrier both = new CyclicBarrier(2);
        ThreadLocal<Boolean> isInside = ThreadLocal.withInitial(() -> false);
        cache = builder()
                .guardedSampling(1)
                .constructor(object -> {
                    if (!isInside.get()) {
                        isInside.set(true);
                        meet(both);
                        cache.shrink();
                    }
                })
                .build();
        // Neither frees nor ends before the other is done: its shrink might find this one's slab empty.
        CyclicBarrier end = new CyclicBarrier(2);
        AtomicLong guarded = new AtomicLong();
        new Workers()
                .platform(() -> {
                    guarded.set(cache.allocateAddress());
                    meet(end);
                })
                .platform(() -> {
                    assertEquals(1, cache.prefill(1));
                    meet(end);
                })
                .run();
        assertEquals(2, cache.stats().slabs());
        cache.freeAddress(guarded.get());
    }

    @Test
    void guardedMemoryIsGivenBackAlthoughAnotherRegionIsInUse() {
        boolean[] isInUse = {false};
        MemorySource source = (bytes, alignment) -> {
            MemoryRegion region = memory.allocate(bytes, alignment);
            return new MemoryRegion() {
                @Override
                public MemorySegment segment() {
                    return region.segment();
                }

                @Override
                public void close() {
                    if (isInUse[0]) {
                        isInUse[0] = false;
                        throw new IllegalStateException("in use");
                    }
                    region.close();
                }
            };
        };
        SlabCache ending = builder().memory(source).guardedSampling(1).build();
        ending.free(ending.allocate());
        ending.prefill(1);
        assertEquals(2, memory.regions());
        isInUse[0] = true;
        assertThrows(IllegalStateException.class, ending::close);
        assertEquals(1, memory.regions(), "the region of the guarded objects is closed");
        ending.close();
        assertEquals(0, memory.regions());
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    /** The constructor of an ordinary object finds no free object, and may not make a slab. */
    private List<Long> allocateIfThereIsOne() {
        try {
            return List.of(cache.allocateAddress());
        } catch (IllegalStateException e) {
            assertSays(e.getMessage(), "constructor");
            return List.of();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
