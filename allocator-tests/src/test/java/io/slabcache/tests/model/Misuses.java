package io.slabcache.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.tests.model.Pool.Form;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.function.Executable;

/** Random calls that break the contract. Each may change the count of misuses only. */
final class Misuses {
    private final Setup setup;
    private final Pool pool;
    private final Model model;
    private final RandomGenerator random;

    Misuses(Setup setup, Pool pool, Model model, RandomGenerator random) {
        this.setup = setup;
        this.pool = pool;
        this.model = model;
        this.random = random;
    }

    void step() {
        switch (random.nextInt(6)) {
            case 0, 1 -> doubleFree();
            case 2 -> freeInterior();
            case 3 -> freeWild();
            case 4 -> freeSlice();
            default -> freeBulkWithBadEntry();
        }
    }

    private void doubleFree() {
        long address = model.anyFreed(random);
        if (address != 0) {
            Form form = random.nextBoolean() ? Form.SEGMENT : Form.ADDRESS;
            refused(Kind.DOUBLE_FREE, () -> pool.free(form, address));
        }
    }

    private void freeInterior() {
        if (model.live() > 0 && setup.stride() > 1) {
            long address = model.anyLive(random) + random.nextLong(1, setup.stride());
            refused(Kind.INTERIOR, () -> pool.free(Form.ADDRESS, address));
        }
    }

    private void freeWild() {
        refused(Kind.NULL, () -> pool.free(Form.ADDRESS, 0));
        refused(Kind.NULL, () -> pool.free(null));
        long nowhere = random.nextLong(Long.MIN_VALUE, 0);
        refused(Kind.FOREIGN, () -> pool.free(Form.ADDRESS, nowhere));
    }

    private void freeSlice() {
        if (model.live() > 0) {
            long address = model.anyLive(random);
            long bytes = random.nextLong(0, setup.objectSize());
            refused(Kind.WRONG_SIZE, () -> pool.free(pool.segment(address).asSlice(0, bytes)));
        }
    }

    /** The entries before and behind the bad one are live, and stay live. */
    private void freeBulkWithBadEntry() {
        List<Long> chosen = model.manyLive(random.nextInt(1, 60), random);
        if (chosen.isEmpty()) {
            return;
        }
        long[] addresses = chosen.stream().mapToLong(Long::longValue).toArray();
        int bad = random.nextInt(addresses.length);
        Kind kind = Kind.NULL;
        if (bad > 0 && random.nextBoolean()) {
            kind = Kind.DOUBLE_FREE;
            addresses[bad] = addresses[random.nextInt(bad)];
        } else {
            addresses[bad] = 0;
        }
        Form form = random.nextBoolean() ? Form.SEGMENT : Form.ADDRESS;
        refused(kind, () -> pool.freeBulk(form, addresses, 0, addresses.length));
    }

    private void refused(Kind kind, Executable call) {
        model.countMisuse();
        if (setup.policy() == MisusePolicy.THROW) {
            InvalidFreeException refused =
                    assertThrows(InvalidFreeException.class, call, () -> "no report of a misuse of kind " + kind);
            assertEquals(kind, refused.kind(), refused.getMessage());
        } else {
            ignored(call);
        }
    }

    private static void ignored(Executable call) {
        try {
            call.execute();
        } catch (Throwable e) {
            throw new AssertionError("not ignored: " + e.getMessage(), e);
        }
    }
}
