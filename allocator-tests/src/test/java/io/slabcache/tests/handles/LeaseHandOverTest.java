package io.slabcache.tests.handles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Lease;
import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Checks;
import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.Workers;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Leases that are handed between threads: every object arrives as it was sent. */
@ParameterizedClass(name = "lockless {0}, checks {1}")
@CsvSource({"true, STANDARD", "true, NONE", "false, STANDARD"})
class LeaseHandOverTest {
    private static final int MESSAGES = 20_000;
    private static final int PLACES = 64;
    private static final int THREADS = 4;
    private static final int STEPS = 5_000;

    private record Sent(Lease lease, long owner) {}

    @Parameter(0)
    boolean lockless;

    @Parameter(1)
    Checks checks;

    private SlabCache cache() {
        return SlabCache.builder("hand-over", 64)
                .lockless(lockless)
                .checks(checks)
                .magazineCapacity(16)
                .build();
    }

    @Test
    void throughAQueue() {
        try (SlabCache cache = cache()) {
            BlockingQueue<Lease> queue = new ArrayBlockingQueue<>(PLACES);
            new Workers()
                    .platform(() -> send(cache.local(), queue))
                    .virtual(() -> receive(queue))
                    .run();
            Healthy.checkNothingLive(cache);
            assertEquals(MESSAGES, cache.stats().frees());
        }
    }

    private static void send(ObjectAllocator allocator, BlockingQueue<Lease> queue) throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            Lease lease = allocator.allocateLeased();
            Cookies.write(lease.segment(), i);
            queue.put(lease.handOver());
        }
    }

    private static void receive(BlockingQueue<Lease> queue) throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            try (Lease lease = queue.take().takeOver()) {
                Cookies.check(lease.segment(), i);
            }
        }
    }

    @Test
    void throughATableWhereSomeAreClosedInTransit() {
        try (SlabCache cache = cache()) {
            AtomicReferenceArray<Sent> table = new AtomicReferenceArray<>(PLACES);
            Workers workers = new Workers();
            for (int i = 0; i < THREADS; i++) {
                long owner = i;
                workers.platform(() -> work(cache, table, owner));
                workers.virtual(() -> work(cache, table, owner + THREADS));
            }
            workers.run();
            int left = 0;
            for (int i = 0; i < PLACES; i++) {
                Sent sent = table.getAndSet(i, null);
                if (sent != null) {
                    receive(sent);
                    left++;
                }
            }
            assertTrue(left > 0, "the table was not used");
            Healthy.checkNothingLive(cache);
            assertEquals(0, cache.stats().misuses());
        }
    }

    private static void work(SlabCache cache, AtomicReferenceArray<Sent> table, long owner) {
        SplittableRandom random = new SplittableRandom(owner);
        for (int step = 0; step < STEPS; step++) {
            long cookie = owner << 32 | step;
            Lease mine = cache.allocateLeased();
            Cookies.write(mine.segment(), cookie);
            Sent theirs = table.getAndSet(random.nextInt(PLACES), new Sent(mine.handOver(), cookie));
            if (theirs != null && random.nextInt(8) == 0) {
                theirs.lease.close();
            } else if (theirs != null) {
                receive(theirs);
            }
        }
    }

    private static void receive(Sent sent) {
        try (Lease lease = sent.lease.takeOver()) {
            Cookies.check(lease.segment(), sent.owner);
            Cookies.write(lease.segment(), ~sent.owner);
            Cookies.check(lease.segment(), ~sent.owner);
        }
    }
}
