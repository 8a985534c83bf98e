package io.slabcache.tests.handles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes random allocations and frees with and without handles, and checks live and stale handles after each. */
final class HandleDriver {
    private static final int STEPS = 2_000;
    private static final int MOST_LIVE = 40;

    private final HandlePool pool;
    private final SplittableRandom random;

    /** Each live handle, with its address. */
    private final Map<Long, Long> live = new LinkedHashMap<>();

    private final List<Long> stale = new ArrayList<>();
    private final List<Long> plain = new ArrayList<>();

    private HandleDriver(HandlePool pool, long seed) {
        this.pool = pool;
        this.random = new SplittableRandom(seed);
    }

    /** Runs, and frees everything at the end; a failure is thrown with the seed. */
    static void run(HandlePool pool, long seed) {
        HandleDriver driver = new HandleDriver(pool, seed);
        int step = 0;
        try {
            for (; step < STEPS; step++) {
                driver.step();
                driver.check();
            }
            driver.plain.forEach(pool::freeAddress);
            driver.live.keySet().forEach(handle -> assertTrue(pool.free(handle)));
            pool.end();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("-Dslabcache-test.seed=" + seed + ", step " + step + ": " + e.getMessage(), e);
        }
    }

    private void step() {
        boolean more = random.nextInt(MOST_LIVE) >= live.size() + plain.size();
        switch (random.nextInt(4)) {
            case 0 -> {
                if (more) {
                    plain.add(pool.allocateAddress());
                } else if (!plain.isEmpty()) {
                    pool.freeAddress(plain.remove(random.nextInt(plain.size())));
                }
            }
            case 1 -> {
                if (!live.isEmpty()) {
                    long handle = anyLive();
                    pool.freeAddress(live.remove(handle));
                    stale.add(handle);
                }
            }
            default -> {
                if (more) {
                    allocate();
                } else if (!live.isEmpty()) {
                    long handle = anyLive();
                    assertTrue(pool.free(handle), "a live handle was refused");
                    live.remove(handle);
                    stale.add(handle);
                }
            }
        }
    }

    private void allocate() {
        long handle = pool.allocate();
        assertNotEquals(0, handle);
        assertFalse(live.containsKey(handle), "the handle of two objects");
        long address = pool.address(handle);
        assertFalse(live.containsValue(address) || plain.contains(address), "an object with two owners");
        live.put(handle, address);
    }

    private void check() {
        if (!live.isEmpty()) {
            long handle = anyLive();
            assertTrue(pool.isLive(handle), "a live handle was called stale");
            assertEquals(live.get(handle), pool.address(handle));
        }
        for (int i = 0; i < Math.min(2, stale.size()); i++) {
            long handle = stale.get(random.nextInt(stale.size()));
            assertFalse(pool.isLive(handle), "a stale handle was called live");
            assertFalse(pool.free(handle), "a stale handle was freed");
        }
    }

    private long anyLive() {
        return live.keySet().stream()
                .skip(random.nextInt(live.size()))
                .findFirst()
                .orElseThrow();
    }
}
