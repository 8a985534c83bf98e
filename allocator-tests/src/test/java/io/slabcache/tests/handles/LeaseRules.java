package io.slabcache.tests.handles;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.tests.support.OtherThread;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The promises of a lease, one rule each; a rule that holds leaves nothing live. */
enum LeaseRules {
    IT_COVERS_ONE_OBJECT_FOR_ONE_THREAD {
        @Override
        void check(SlabCache cache, Function<SlabCache, Leased> leases) throws Exception {
            try (Leased lease = leases.apply(cache)) {
                MemorySegment segment = lease.segment();
                assertEquals(cache.objectSize(), segment.byteSize());
                assertTrue(cache.owns(segment.address()));
                assertEquals(1, cache.stats().liveObjects());
                segment.set(ValueLayout.JAVA_LONG, 0, 42);
                assertEquals(42, lease.segment().get(ValueLayout.JAVA_LONG, 0));
                OtherThread.run(() -> assertThrows(WrongThreadException.class, () -> read(segment)));
                OtherThread.runVirtual(() -> assertThrows(WrongThreadException.class, () -> read(segment)));
            }
        }
    },
    NOTHING_IS_READ_AFTER_THE_CLOSE {
        @Override
        void check(SlabCache cache, Function<SlabCache, Leased> leases) throws Exception {
            Leased lease = leases.apply(cache);
            MemorySegment segment = lease.segment();
            lease.close();
            assertThrows(IllegalStateException.class, () -> read(segment));
            assertThrows(IllegalStateException.class, lease::segment);
            long again = cache.allocateAddress();
            assertThrows(IllegalStateException.class, () -> segment.set(ValueLayout.JAVA_BYTE, 0, (byte) 1));
            cache.freeAddress(again);
        }
    },
    IT_FREES_ITS_OBJECT_ONCE {
        @Override
        void check(SlabCache cache, Function<SlabCache, Leased> leases) throws Exception {
            long frees = cache.stats().frees();
            Leased lease = leases.apply(cache);
            lease.close();
            lease.close();
            assertEquals(frees + 1, cache.stats().frees());
            OtherThread.run(() -> assertDoesNotThrow(lease::close));
            assertEquals(frees + 1, cache.stats().frees());
            assertEquals(0, cache.stats().misuses());
        }
    },
    ANOTHER_THREAD_CHANGES_NOTHING {
        @Override
        void check(SlabCache cache, Function<SlabCache, Leased> leases) throws Exception {
            Leased lease = leases.apply(cache);
            OtherThread.run(() -> assertThrows(WrongThreadException.class, lease::close));
            OtherThread.run(() -> assertThrows(WrongThreadException.class, lease::handOver));
            OtherThread.runVirtual(() -> assertThrows(WrongThreadException.class, lease::close));
            assertEquals(1, cache.stats().liveObjects());
            assertDoesNotThrow(() -> read(lease.segment()));
            lease.close();
        }
    },
    THE_HAND_OVER_ENDS_THE_OWNERS_VIEW {
        @Override
        void check(SlabCache cache, Function<SlabCache, Leased> leases) throws Exception {
            Leased lease = leases.apply(cache);
            MemorySegment segment = lease.segment();
            lease.handOver();
            assertThrows(IllegalStateException.class, () -> read(segment));
            assertSays("takeOver()", assertThrows(IllegalStateException.class, lease::segment));
            assertSays("takeOver()", assertThrows(IllegalStateException.class, lease::handOver));
            OtherThread.run(() -> {
                lease.takeOver();
                lease.close();
            });
            assertThrows(IllegalStateException.class, () -> read(segment));
        }
    },
    THE_NEXT_OWNER_HAS_ALL_RIGHTS_AND_THE_LAST_ONE_NONE {
        @Override
        void check(SlabCache cache, Function<SlabCache, Leased> leases) throws Exception {
            Leased lease = leases.apply(cache);
            lease.segment().set(ValueLayout.JAVA_LONG, 0, 7);
            long address = lease.segment().address();
            lease.handOver();
            try (ExecutorService next = Executors.newSingleThreadExecutor()) {
                next.submit(lease::takeOver).get();
                assertThrows(WrongThreadException.class, () -> read(lease.segment()));
                assertThrows(WrongThreadException.class, lease::close);
                assertThrows(WrongThreadException.class, lease::handOver);
                assertEquals(1, cache.stats().liveObjects());
                next.submit(() -> {
                            assertEquals(address, lease.segment().address());
                            assertEquals(cache.objectSize(), lease.segment().byteSize());
                            assertEquals(7, lease.segment().get(ValueLayout.JAVA_LONG, 0));
                            lease.close();
                        })
                        .get();
            }
            assertEquals(0, cache.stats().liveObjects());
        }
    },
    ONLY_WHAT_WAS_HANDED_OVER_IS_TAKEN_OVER {
        @Override
        void check(SlabCache cache, Function<SlabCache, Leased> leases) throws Exception {
            Leased lease = leases.apply(cache);
            assertSays("handOver()", assertThrows(IllegalStateException.class, lease::takeOver));
            OtherThread.run(() -> assertSays("handOver()", assertThrows(IllegalStateException.class, lease::takeOver)));
            lease.handOver().takeOver();
            OtherThread.run(() -> assertSays("handOver()", assertThrows(IllegalStateException.class, lease::takeOver)));
            assertDoesNotThrow(() -> read(lease.segment()));
            lease.close();
            assertSays("allocateLeased()", assertThrows(IllegalStateException.class, lease::takeOver));
            assertSays("allocateLeased()", assertThrows(IllegalStateException.class, lease::handOver));
        }
    },
    IN_TRANSIT_IT_IS_LIVE_AND_ANYBODYS_TO_CLOSE {
        @Override
        void check(SlabCache cache, Function<SlabCache, Leased> leases) throws Exception {
            Leased lease = leases.apply(cache).handOver();
            assertEquals(1, cache.stats().liveObjects());
            OtherThread.run(lease::close);
            assertEquals(0, cache.stats().liveObjects());
            assertThrows(IllegalStateException.class, lease::takeOver);
            lease.close();
            Leased kept = leases.apply(cache).handOver();
            kept.close();
            assertEquals(0, cache.stats().liveObjects());
        }
    },
    ONE_OF_SEVERAL_THREADS_TAKES_IT_OVER {
        @Override
        void check(SlabCache cache, Function<SlabCache, Leased> leases) throws Exception {
            for (int round = 0; round < 20; round++) {
                Leased lease = leases.apply(cache).handOver();
                AtomicInteger owners = new AtomicInteger();
                AtomicInteger refused = new AtomicInteger();
                Workers workers = new Workers();
                for (int i = 0; i < 4; i++) {
                    workers.platform(() -> {
                        if (takesOver(lease)) {
                            owners.incrementAndGet();
                            read(lease.segment());
                            lease.close();
                        } else {
                            refused.incrementAndGet();
                        }
                    });
                }
                workers.run();
                assertEquals(1, owners.get());
                assertEquals(3, refused.get());
            }
        }
    },
    THE_CACHE_DOES_NOT_CLOSE_OVER_IT {
        @Override
        void check(SlabCache cache, Function<SlabCache, Leased> leases) throws Exception {
            Leased lease = leases.apply(cache);
            assertThrows(IllegalStateException.class, cache::close);
            lease.handOver();
            assertThrows(IllegalStateException.class, cache::close);
            lease.takeOver().close();
            assertEquals(0, cache.stats().liveObjects());
        }
    };

    /** Fails if the leases break the rule. */
    abstract void check(SlabCache cache, Function<SlabCache, Leased> leases) throws Exception;

    private static byte read(MemorySegment segment) {
        return segment.get(ValueLayout.JAVA_BYTE, 0);
    }

    private static boolean takesOver(Leased lease) {
        try {
            lease.takeOver();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void assertSays(String part, IllegalStateException refused) {
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
}
