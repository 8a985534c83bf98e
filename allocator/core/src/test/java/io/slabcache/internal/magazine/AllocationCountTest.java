package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The slow path counts the allocations that the fast path made without counting. */
class AllocationCountTest extends LayerUser {
    private static final int CAPACITY = 8;
    private static final long SEED = Long.getLong("slabcache-test.seed", 20261122);

    private final List<Long> live = new ArrayList<>();
    private long allocations;
    private long counted;

    AllocationCountTest() {
        super(Long.MAX_VALUE, CAPACITY);
    }

    /** Allocates like the front door, and compares each count with the true number of allocations. */
    private void allocateOne() {
        ThreadCache cache = layer.caches().current();
        long address = cache.pop();
        allocations++;
        if (address == 0) {
            boolean wasExhausted = cache.isExhausted();
            if (wasExhausted) {
                counted += cache.hasOwner() ? cache.counted() + 1 : 1;
                assertEquals(allocations, counted, "seed " + SEED);
                cache.beginCount();
            }
            address = layer.allocate(cache);
            if (wasExhausted) {
                layer.caches().current().beginCount();
            }
        }
        live.add(address);
    }

    private void freeOne() {
        free(live.removeLast());
    }

    @Test
    void allocationsWithoutFreesAreCountedExactly() {
        for (int i = 0; i < 100 * CAPACITY; i++) {
            allocateOne();
        }
        assertTrue(counted > 98 * CAPACITY, () -> "counted " + counted);
    }

    @Test
    void callsWithinTheMagazinesAreCounted() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            int room =
                    layer.caches().current().places() - layer.caches().current().cached();
            if (live.isEmpty() || room == 0 || random.nextInt(5) < 3) {
                allocateOne();
            } else {
                freeOne();
            }
        }
        assertTrue(counted > 1_000, () -> "counted " + counted);
    }

    @Test
    void aThreadWithoutMagazinesKeepsNoCount() {
        ThreadCaches.none(false).beginCount();
        assertEquals(0, ThreadCaches.none(false).counted());
        assertTrue(ThreadCaches.none(false).isExhausted());
    }
}
