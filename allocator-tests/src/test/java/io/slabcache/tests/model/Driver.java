package io.slabcache.tests.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.tests.model.Pool.Form;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Makes random calls, records them in the model and compares. {@link Misuses} makes the calls that break the contract. */
final class Driver {
    private final Setup setup;
    private final Pool pool;
    private final RandomGenerator random;
    private final Model model;
    private final Misuses misuses;
    private final Writes writes;

    Driver(Setup setup, Pool pool, RandomGenerator random) {
        this.setup = setup;
        this.pool = pool;
        this.random = random;
        this.model = new Model(setup, pool);
        this.misuses = new Misuses(setup, pool, model, random);
        this.writes = new Writes(setup, pool, model, random);
    }

    /** Runs; no object is live at the end. */
    void run(int steps, int stepsPerComparison) {
        for (int step = 0; step < steps; step++) {
            try {
                step();
                if (step % stepsPerComparison == 0) {
                    compare();
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("step " + step + ": " + e.getMessage(), e);
            }
        }
        freeBulk(model.live());
        compare();
        assertEquals(0, pool.stats().liveObjects());
    }

    /** Closes; every illegal write has been reported at the end. */
    void close() {
        pool.close();
        writes.memoryHasGone();
        model.compareMisuses();
    }

    private void compare() {
        model.compare(writes::checkFindings);
    }

    long reportedWrites() {
        return writes.reported();
    }

    private void step() {
        switch (random.nextInt(setup.findsWrites() ? 18 : 16)) {
            case 0, 1, 2 -> tryAllocate();
            case 3, 4 -> allocate();
            case 5 -> tryAllocateCached();
            case 6 -> allocateZeroed();
            case 7, 8, 9, 10 -> free();
            case 11 -> allocateBulk(random.nextInt(0, 80));
            case 12 -> freeBulk(random.nextInt(0, 80));
            case 13 -> housekeeping();
            case 16, 17 -> writes.step();
            default -> {
                if (setup.findsMisuse()) {
                    misuses.step();
                } else {
                    free();
                }
            }
        }
    }

    private Form form() {
        return random.nextBoolean() ? Form.SEGMENT : Form.ADDRESS;
    }

    private void tryAllocate() {
        Form form = form();
        long address = writes.allocate(() -> pool.tryAllocate(form));
        if (address == 0) {
            model.refused();
        } else {
            handedOut(address);
        }
    }

    private void handedOut(long address) {
        if (address != Writes.NOTHING) {
            writes.handedOut(address);
            model.handedOut(address);
        }
    }

    private void allocate() {
        Form form = form();
        allocate(() -> pool.allocate(form));
    }

    private void allocate(LongSupplier allocation) {
        long address;
        try {
            address = writes.allocate(allocation);
        } catch (CacheExhaustedException exhausted) {
            assertEquals(model.live(), exhausted.liveObjects());
            assertEquals(model.room() > 0, exhausted.getMessage().startsWith("failure injected"), "below the bound");
            model.refused();
            return;
        }
        handedOut(address);
    }

    private void tryAllocateCached() {
        int slabs = pool.stats().slabs();
        Form form = form();
        long address = writes.allocate(() -> pool.tryAllocateCached(form));
        if (address != 0) {
            handedOut(address);
        } else if (!setup.lockless()) {
            model.refused();
        }
        if (setup.lockless()) {
            assertEquals(slabs, pool.stats().slabs(), "the cached form grew the cache");
        }
    }

    private void allocateZeroed() {
        allocate(() -> {
            long address = pool.allocateZeroed();
            MemorySegment zeroes = MemorySegment.ofArray(new byte[(int) setup.objectSize()]);
            assertEquals(-1, pool.segment(address).mismatch(zeroes), "not zeroed");
            return address;
        });
    }

    private void free() {
        if (model.live() > 0) {
            long address = model.anyLive(random);
            model.freeing(address);
            Form form = form();
            writes.free(List.of(address), () -> pool.free(form, address));
        }
    }

    private void allocateBulk(int count) {
        int offset = random.nextInt(3);
        long[] addresses = new long[offset + count + random.nextInt(3)];
        Arrays.fill(addresses, -1);
        long[] untouched = addresses.clone();
        boolean hasRoom = count <= model.room();
        Form form = form();
        long allocated = writes.allocate(() -> pool.allocateBulk(form, addresses, offset, count) ? 1 : 0);
        if (allocated == 1) {
            assertTrue(hasRoom, "a bulk beyond the bound");
            for (int i = 0; i < addresses.length; i++) {
                if (i < offset || i >= offset + count) {
                    assertEquals(-1, addresses[i], "touched beyond the range");
                } else {
                    handedOut(addresses[i]);
                }
            }
        } else if (allocated == Writes.NOTHING) {
            assertArrayEquals(untouched, addresses, "touched by a bulk that found damage");
        } else {
            assertTrue(!hasRoom || setup.isFailing(), "refused a bulk below the bound");
            assertArrayEquals(untouched, addresses, "touched by a refused bulk");
            model.refusedBulk();
        }
    }

    private void freeBulk(int count) {
        List<Long> chosen = model.manyLive(count, random);
        chosen.forEach(model::freeing);
        long[] addresses = chosen.stream().mapToLong(Long::longValue).toArray();
        Form form = form();
        writes.free(chosen, () -> pool.freeBulk(form, addresses, 0, addresses.length));
    }

    private void housekeeping() {
        switch (random.nextInt(3)) {
            case 0 -> pool.flush();
            case 1 -> {
                int wanted = random.nextInt(100);
                int guaranteed = pool.prefill(wanted);
                assertTrue(guaranteed >= 0 && guaranteed <= wanted, "prefilled " + guaranteed + " of " + wanted);
            }
            default -> {
                long before = pool.stats().reservedBytes();
                long released = pool.shrink();
                assertEquals(before - released, pool.stats().reservedBytes(), "reserved bytes after shrink");
                writes.memoryHasGone();
                model.forgetFreed();
            }
        }
    }
}
