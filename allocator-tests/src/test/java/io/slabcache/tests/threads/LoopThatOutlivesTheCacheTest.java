package io.slabcache.tests.threads;

import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.GenerationHandles;
import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/**
 * Compiled loops that only allocate and free an object notice that their cache was closed, although nothing in them
 * makes the compiler re-read memory.
 */
class LoopThatOutlivesTheCacheTest {
    /** So many turns take some seconds: with a plain "closed" field, which compiled code read once, loops ran to the end. */
    private static final long FOR_SECONDS = 4_000_000_000L;

    private static final int TO_BE_COMPILED = 20_000;
    private static final int TIMES = 200;

    private final SlabCache cache = SlabCache.builder("looped over", 64).build();
    private long sum;

    private void endsWithTheCache(LongConsumer loop) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<Void> work = new FutureTask<>(
                () -> {
                    for (int i = 0; i < TIMES; i++) {
                        loop.accept(TO_BE_COMPILED);
                    }
                    begun.countDown();
                    loop.accept(FOR_SECONDS);
                },
                null);
        Thread worker = Thread.ofPlatform().start(work);
        begun.await();
        Thread.sleep(100);
        cache.closeNow();
        ExecutionException ended = assertThrows(ExecutionException.class, work::get, "it ran to its end");
        assertEquals(
                IllegalStateException.class,
                ended.getCause().getClass(),
                () -> ended.getCause().toString());
        assertEquals(
                "cache 'looped over' is closed", withoutIds(ended.getCause().getMessage()));
        worker.join();
    }

    @Test
    void overTheAddressesOfALocalCache() throws InterruptedException {
        endsWithTheCache(turns -> {
            LocalCache local = cache.local();
            for (long i = 0; i < turns; i++) {
                long address = local.allocateAddress();
                sum += address;
                local.freeAddress(address);
            }
        });
    }

    @Test
    void overTheSegmentsOfALocalCache() throws InterruptedException {
        endsWithTheCache(turns -> {
            LocalCache local = cache.local();
            for (long i = 0; i < turns; i++) {
                MemorySegment object = local.allocate();
                sum += object.byteSize();
                local.free(object);
            }
        });
    }

    @Test
    void overTheAddressesOfTheCache() throws InterruptedException {
        endsWithTheCache(turns -> {
            for (long i = 0; i < turns; i++) {
                long address = cache.allocateAddress();
                sum += address;
                cache.freeAddress(address);
            }
        });
    }

    @Test
    void overTheSegmentsOfTheCache() throws InterruptedException {
        endsWithTheCache(turns -> {
            for (long i = 0; i < turns; i++) {
                MemorySegment object = cache.allocate();
                sum += object.byteSize();
                cache.free(object);
            }
        });
    }

    @Test
    void overHandlesWithGenerations() throws InterruptedException {
        endsWithTheCache(turns -> {
            GenerationHandles handles = cache.local().generations();
            for (long i = 0; i < turns; i++) {
                long handle = handles.allocate();
                sum += handle;
                handles.free(handle);
            }
        });
    }
}
