package io.slabcache.tests.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.LocalCache;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No leak is reported if threads free every object, in every way and on any thread, while the collector runs
 * continuously.
 */
class NoFalseLeakTest extends LeakContract {
    private static final int THREADS = 4;
    private static final int ROUNDS = 1_500;
    private static final int MOST_HELD = 400;
    private static final long SEED = Long.getLong("slabcache-test.seed", 20261122);

    private final BlockingQueue<MemorySegment> handedOver = new ArrayBlockingQueue<>(64);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @ParameterizedTest
    @ValueSource(strings = {"paranoid,0", "1/1,0", "1/3,0"})
    void noLeakIsReported(String property) throws InterruptedException {
        open(property);
        CountDownLatch done = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(SEED + i);
            Thread.Builder builder = i % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
            builder.start(() -> {
                try {
                    work(random);
                } catch (Throwable e) {
                    failure.set(e);
                } finally {
                    done.countDown();
                }
            });
        }
        while (done.getCount() > 0) {
            System.gc();
            done.await(5, TimeUnit.MILLISECONDS);
        }
        for (MemorySegment rest; (rest = handedOver.poll()) != null; ) {
            cache.free(rest);
        }
        assertEquals(null, failure.get(), "seed " + SEED);
        assertNoLeak();
        Healthy.checkNothingLive(cache);
    }

    private void work(Random random) {
        LocalCache local = cache.local();
        Deque<MemorySegment> held = new ArrayDeque<>();
        for (int round = 0; round < ROUNDS; round++) {
            allocate(random, local, held);
            while (held.size() > MOST_HELD || !held.isEmpty() && random.nextInt(3) == 0) {
                free(random, local, random.nextBoolean() ? held.pollFirst() : held.pollLast());
            }
        }
        held.forEach(cache::free);
    }

    private void allocate(Random random, LocalCache local, Deque<MemorySegment> held) {
        switch (random.nextInt(5)) {
            case 0 -> held.add(cache.allocate());
            case 1 -> held.add(local.allocateZeroed());
            case 2 -> held.add(cache.segment(local.allocateAddress()));
            case 3 -> {
                MemorySegment cached = cache.tryAllocateCached();
                if (cached != null) {
                    held.add(cached);
                }
            }
            default -> {
                MemorySegment[] objects = new MemorySegment[1 + random.nextInt(40)];
                cache.allocateBulk(objects, 0, objects.length);
                held.addAll(List.of(objects));
            }
        }
    }

    /** A caller that frees other than by the segment still holds the segment. Otherwise a grace period would be needed. */
    private void free(Random random, LocalCache local, MemorySegment object) {
        freeAnyhow(random, local, object);
        Reference.reachabilityFence(object);
    }

    private void freeAnyhow(Random random, LocalCache local, MemorySegment object) {
        switch (random.nextInt(6)) {
            case 0 -> cache.free(object);
            case 1 -> local.free(object.asSlice(0));
            case 2 -> cache.freeAddress(object.address());
            case 3 -> cache.freeBulk(new MemorySegment[] {object}, 0, 1);
            case 4 -> local.freeBulk(new long[] {object.address()}, 0, 1);
            default -> {
                if (!handedOver.offer(object)) {
                    cache.free(object);
                }
                MemorySegment other = handedOver.poll();
                if (other != null) {
                    cache.free(other);
                }
            }
        }
    }
}
