package io.slabcache.tests.handles;

import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Lease;
import io.slabcache.SlabCache;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A forced close leaves the memory of leases alone until their owners end them. */
class LeaseCloseTest {
    private static final int OBJECTS_PER_SLAB = 8;

    private final WatchedMemory memory = new WatchedMemory();

    @AfterEach
    void giveTheMemoryBack() {
        memory.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.slabcache.tests.handles.Setting#all")
    void theMemoryOfALeaseOutlivesTheCache(Setting setting) throws Throwable {
        setting.run(() -> {
            SlabCache cache = setting.builder()
                    .slabBytes(OBJECTS_PER_SLAB * Setting.SIZE)
                    .memory(memory)
                    .build();
            for (int i = 0; i < 3 * OBJECTS_PER_SLAB; i++) {
                cache.allocate();
            }
            Lease lease = setting.allocator(cache).allocateLeased();
            Lease inTransit = setting.allocator(cache).allocateLeased().handOver();
            MemorySegment segment = lease.segment();
            segment.set(ValueLayout.JAVA_LONG, 0, 42);
            long before = memory.held();
            IllegalStateException held = assertThrows(IllegalStateException.class, cache::closeNow);
            assertTrue(held.getMessage().contains("held by a lease"), held.getMessage());
            assertTrue(memory.held() <= 2 && before >= 4, memory.held() + " of " + before + " regions are held");
            assertFalse(memory.isGivenBack(segment.address()));
            assertEquals(42, lease.segment().get(ValueLayout.JAVA_LONG, 0));
            assertClosed(lease::close);
            assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_LONG, 0));
            lease.close();
            assertThrows(IllegalStateException.class, cache::closeNow);
            assertClosed(inTransit::takeOver);
            assertClosed(inTransit::close);
            assertClosed(cache::allocateLeased);
            cache.close();
            assertEquals(0, memory.held());
            assertEquals(0, cache.stats().reservedBytes());
        });
    }

    private static void assertClosed(Executable call) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, call);
        assertTrue(withoutIds(refused.getMessage()).contains("cache 'handled' is closed"), refused.getMessage());
    }

    /** With leases of the library, and with a kind that the cache does not know of. */
    private void leaseAgainstClose(Function<SlabCache, Leased> leases) {
        SlabCache cache =
                SlabCache.builder("closed", Setting.SIZE).memory(memory).build();
        Leased lease = leases.apply(cache);
        long address = lease.segment().address();
        try {
            cache.closeNow();
        } catch (IllegalStateException e) {
            assertTrue(e.getMessage().contains("held by a lease"), e.getMessage());
        }
        assertFalse(memory.isGivenBack(address), "a lease points to memory that is gone");
    }

    @Test
    void aLeaseThatTheCacheDoesNotKnowOfIsFound() {
        leaseAgainstClose(cache -> new CacheLease(cache.allocateLeased()));
        AssertionError found = assertThrows(AssertionError.class, () -> leaseAgainstClose(ModelLease::new));
        assertTrue(found.getMessage().contains("memory that is gone"), found.getMessage());
    }

    @RepeatedTest(10)
    void aCloseInTheMiddleOfEverything() {
        SlabCache cache =
                SlabCache.builder("raced", Setting.SIZE).memory(memory).build();
        AtomicInteger rounds = new AtomicInteger();
        Workers workers = new Workers();
        for (int i = 0; i < 3; i++) {
            workers.platform(() -> leaseUntilClosed(cache, rounds, Integer.MAX_VALUE));
            // A virtual thread that did not end would keep others from starting.
            workers.virtual(() -> leaseUntilClosed(cache, rounds, 500));
        }
        workers.platform(() -> {
            while (rounds.get() < 1_000) {
                Thread.onSpinWait();
            }
            closeUntilAllIsGivenBack(cache);
        });
        workers.run();
        cache.close();
        assertEquals(0, memory.held());
    }

    private void leaseUntilClosed(SlabCache cache, AtomicInteger rounds, int most) {
        try {
            for (int i = 0; i < most; i++) {
                Lease lease = cache.allocateLeased();
                MemorySegment segment = lease.segment();
                segment.set(ValueLayout.JAVA_LONG, 0, 42);
                assertFalse(memory.isGivenBack(segment.address()), "a lease points to memory that is gone");
                lease.close();
                rounds.incrementAndGet();
            }
        } catch (IllegalStateException e) {
            assertTrue(withoutIds(e.getMessage()).contains("cache 'raced' is closed"), e.getMessage());
        }
    }

    private static void closeUntilAllIsGivenBack(SlabCache cache) {
        while (true) {
            try {
                cache.closeNow();
                return;
            } catch (IllegalStateException e) {
                assertTrue(e.getMessage().contains("held by a lease"), e.getMessage());
                Thread.yield();
            }
        }
    }
}
