package io.slabcache.tests.soak;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.StaleHandleException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The program that {@link FirstUseTest} runs: makes a first use at the end of the stack, at every depth from no room to
 * enough room, and then uses it again elsewhere. It needs a JVM of its own, because each use is the first only once.
 */
final class FirstUses {
    private enum Use {
        DOUBLE_FREE,
        FOREIGN_FREE,
        LOGGED_FREE,
        WRONG_SEGMENT,
        BULK_FREE,
        STALE_HANDLE,
        EXHAUSTION,
        STATISTICS,
        VALIDATION,
        REFUSED_CLOSE,
        GUARDED,
        TRACKED,
        CORRUPTION
    }

    private final Use use;
    private final SlabCache cache;
    private final long freed;
    private final long stale;

    private FirstUses(Use use) {
        this.use = use;
        Debug[] ways = {};
        if (use == Use.TRACKED || use == Use.CORRUPTION) {
            ways = new Debug[] {Debug.TRACKING, Debug.REDZONES};
        }
        this.cache = SlabCache.builder("first", 64)
                .maxObjects(400)
                .debug(ways)
                .guardedSampling(use == Use.GUARDED ? 1_000_000 : Long.MAX_VALUE)
                .onMisuse(use == Use.LOGGED_FREE ? MisusePolicy.WARN_ONCE : MisusePolicy.THROW)
                .build();
        if (use == Use.GUARDED) {
            // No sample was taken before.
            this.stale = 0;
            this.freed = 0;
            return;
        }
        this.stale = cache.generations().allocate();
        cache.generations().free(stale);
        this.freed = cache.allocateAddress();
        // Live, so a close is refused.
        cache.allocateAddress();
        cache.freeAddress(freed);
    }

    private void switchOnce() {
        switch (use) {
            case DOUBLE_FREE, LOGGED_FREE -> {}
            default -> {}
        }
    }

    /** Returns an observable result of the use. */
    private Object use() {
        try {
            return switch (use) {
                case DOUBLE_FREE, LOGGED_FREE -> freeAddress(freed);
                case FOREIGN_FREE -> freeAddress(8);
                case WRONG_SEGMENT -> freeSegment();
                case BULK_FREE -> freeBulk();
                case STALE_HANDLE -> cache.generations().address(stale);
                case EXHAUSTION -> exhaust();
                case STATISTICS -> cache.stats().toString();
                case VALIDATION -> cache.validate().findings();
                case REFUSED_CLOSE -> close();
                case GUARDED, TRACKED -> allocateAndFree();
                case CORRUPTION -> corrupt();
            };
        } catch (InvalidFreeException | CorruptedObjectException | StaleHandleException e) {
            return e.getMessage();
        }
    }

    private Object freeAddress(long address) {
        cache.freeAddress(address);
        return "ignored";
    }

    private Object freeSegment() {
        cache.free(MemorySegment.ofAddress(freed));
        return "ignored";
    }

    private Object freeBulk() {
        cache.freeBulk(new long[] {freed, freed}, 0, 2);
        return "ignored";
    }

    private Object exhaust() {
        try {
            while (true) {
                cache.allocateAddress();
            }
        } catch (CacheExhaustedException e) {
            return e.getMessage();
        }
    }

    private Object close() {
        try {
            cache.close();
            return "closed";
        } catch (LiveObjectsException e) {
            return e.getMessage();
        }
    }

    private Object allocateAndFree() {
        MemorySegment object = cache.allocate();
        cache.free(object);
        return object;
    }

    @SuppressWarnings("restricted")
    private Object corrupt() {
        MemorySegment object = cache.allocate();
        object.reinterpret(65).set(ValueLayout.JAVA_BYTE, 64, (byte) 1);
        cache.free(object);
        return "not found";
    }

    /** Takes a use, and the shift of the frames: see {@link StackSweep}. Prints the result of the last use. */
    public static void main(String[] arguments) throws InterruptedException {
        FirstUses uses = new FirstUses(Use.valueOf(arguments[0]));
        // Links what this class itself needs.
        uses.switchOnce();
        int shift = Integer.parseInt(arguments[1]);
        StackSweep sweep = new StackSweep();
        Thread sweeper = new Thread(() -> sweep.run(shift, uses::use));
        sweeper.setUncaughtExceptionHandler((thread, e) -> System.out.println("broken: " + e));
        sweeper.start();
        sweeper.join();
        Object seen;
        try {
            seen = uses.use();
        } catch (Throwable e) {
            seen = "broken: " + e;
        }
        System.out.println("overflows " + sweep.overflows() + ", saw " + seen);
        System.exit(0);
    }
}
