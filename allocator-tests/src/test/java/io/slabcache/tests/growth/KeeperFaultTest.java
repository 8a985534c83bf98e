package io.slabcache.tests.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Keeper;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Eventually;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.OtherThread;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a slow or failing source or constructor does to a keeper, and what it does not do to other caches and threads. */
@Timeout(120)
class KeeperFaultTest {
    private static SlabCacheBuilder builder() {
        return SlabCache.builder("kept", 1024);
    }

    /** Known bad before: its text was put together by the keeper's thread, which ended for all caches. */
    @Test
    void anExceptionWhoseTextThrowsDoesNotEndTheKeeper() {
        MemorySource bad = (bytes, alignment) -> {
            throw new IllegalStateException() {
                @Override
                public String toString() {
                    throw new AssertionError("no text");
                }
            };
        };
        try (SlabCache failing = builder().growAhead(100).memory(bad).build();
                SlabCache cache = builder().growAhead(100).build()) {
            Eventually.holds(() -> cache.stats().totalObjects() >= 100, "objects of the other cache");
            assertEquals(0, failing.stats().totalObjects());
        }
    }

    /** A report that is put together for the first time at the end of the stack would break all later ones. */
    @Test
    void workAtTheEndOfTheStackBreaksNothing() throws Exception {
        Keeper keeper = new Keeper();
        MemorySource bad = (bytes, alignment) -> {
            throw new IllegalStateException("no memory");
        };
        try (SlabCache cache =
                builder().growAhead(100).memory(bad).keeper(keeper).build()) {
            Thread deep = new Thread(() -> descend(keeper));
            deep.start();
            deep.join();
            assertEquals("cache 'kept' (#" + cache.id() + ")", cache.toString());
        }
    }

    /** Works at each depth from the end of the stack on. */
    private static boolean descend(Keeper keeper) {
        boolean isAtTheEnd;
        try {
            isAtTheEnd = descend(keeper);
        } catch (StackOverflowError e) {
            isAtTheEnd = true;
        }
        if (isAtTheEnd) {
            try {
                keeper.doWork();
                return false;
            } catch (StackOverflowError e) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aThreadDoesNotWaitForTheKeepersSource() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Thread user = Thread.currentThread();
        MemorySource source = (bytes, alignment) -> {
            if (Thread.currentThread() != user) {
                asked.countDown();
                OtherThread.await(mayEnd);
            }
            return MemorySource.arena().allocate(bytes, alignment);
        };
        try (SlabCache cache = builder().memory(source).growAhead(1).build()) {
            OtherThread.await(asked);
            assertNotEquals(0, cache.allocateAddress());
            assertEquals(1, cache.stats().growthStalls());
            cache.closeNow();
            mayEnd.countDown();
            Eventually.holds(() -> cache.stats().reservedBytes() == 0, "the late slab went back");
        }
    }

    @Test
    void aFailingSourceIsLoggedOnceAndTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        Thread user = Thread.currentThread();
        MemorySource source = (bytes, alignment) -> {
            if (Thread.currentThread() != user && calls.incrementAndGet() <= 2) {
                throw new OutOfMemoryError("planted");
            }
            return MemorySource.arena().allocate(bytes, alignment);
        };
        try (LogCapture log = new LogCapture();
                SlabCache cache = builder().memory(source).growAhead(100).build()) {
            Eventually.holds(() -> calls.get() >= 1, "the first try");
            Eventually.holds(() -> cache.stats().totalObjects() >= 100, "the third try");
            assertEquals(3, calls.get(), "tries only now and then");
            cache.freeAddress(cache.allocateAddress());
            assertEquals(1, log.records().size());
            String line = log.records().getFirst().getMessage();
            assertTrue(line.contains("the keeper of " + cache) && line.contains("planted"), line);
        }
    }

    @Test
    void aFailingConstructorLeavesTheCacheUsable() {
        Keeper keeper = new Keeper();
        boolean[] fails = {true};
        try (LogCapture log = new LogCapture();
                SlabCache cache = builder()
                        .constructor(object -> {
                            if (fails[0]) {
                                throw new IllegalStateException("planted");
                            }
                        })
                        .growAhead(100)
                        .keeper(keeper)
                        .build()) {
            assertEquals(0, keeper.doWork());
            assertEquals(0, keeper.doWork(), "pauses");
            assertEquals(1, log.records().size());
            fails[0] = false;
            cache.freeAddress(cache.allocateAddress());
            assertEquals(0, log.records().size() - 1);
        }
    }
}
