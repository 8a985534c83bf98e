package io.slabcache.tests.soak;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheValidation;
import io.slabcache.diagnostics.InvalidFreeException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The program that {@link StackOverflowTest} runs: overflows the stack inside allocations or frees, at every depth, and
 * then checks the cache. It needs a JVM of its own, because a failure may leave threads stuck.
 */
final class Overflows {
    private static final long SEED = Long.getLong("slabcache-test.seed", 1);
    private static final int SWEEPS = 250;

    /** A limit for all sweeps: each overflow creates and throws an error. */
    private static final int MOST_OVERFLOWS = 4_000;

    private static final int MAGAZINE = 256;
    private static final int MOST_HELD = 2_000;
    private static final int MOST_SHIFT = 24;

    /** More than magazines and depot hold. */
    private static final int MOST_FREED = 500;

    /** The call that overflows. */
    enum Call {
        ALLOCATE,
        FREE
    }

    /** The layers that the calls reach. */
    enum Path {
        /** Magazines, which have objects and room. */
        FAST,
        /** Magazines and all layers below. */
        LOCKLESS,
        /** The same on a virtual thread. */
        VIRTUAL,
        /** The slab lists only. */
        LOCKED
    }

    /** The two calls. Known-bad variants override them. */
    static class Door {
        final SlabCache cache;

        Door(SlabCache cache) {
            this.cache = cache;
        }

        long allocate() {
            return cache.allocateAddress();
        }

        void free(long address) {
            cache.freeAddress(address);
        }
    }

    private final Call call;
    private final Path path;
    private final Duration patience;
    private final SlabCache cache;
    private final Door door;
    private final StackSweep sweep = new StackSweep();
    private final SplittableRandom random = new SplittableRandom(SEED);

    /** Certainly live, oldest first. */
    private final Deque<Long> held = new ArrayDeque<>();

    /** Passed to a free that overflowed: live, free, or lost. */
    private final Set<Long> inDoubt = new HashSet<>();

    /** The result of swept allocations and the argument of swept frees; a sweep touches no other state of this program. */
    private long handedOut;

    private final long[] victims = new long[MOST_HELD / 2];
    private int tried;

    private long lost;
    private volatile Throwable trouble;

    private Overflows(Call call, Path path, Duration patience, Function<SlabCache, Door> door) {
        this.call = call;
        this.patience = patience;
        this.path = path;
        int magazine = path == Path.FAST ? MAGAZINE : 16;
        this.cache = SlabCache.builder("overflowing", 64)
                .lockless(path != Path.LOCKED)
                .magazineCapacity(magazine)
                .slabBytes(64 * 40)
                .constructor(object -> object.set(ValueLayout.JAVA_LONG, 0, 0))
                .build();
        this.door = door.apply(cache);
    }

    /** Takes the call, the path and the timeout; prints the result. */
    public static void main(String[] arguments) {
        run(arguments, Door::new);
    }

    static void run(String[] arguments, Function<SlabCache, Door> door) {
        Call call = Call.valueOf(arguments[0]);
        Path path = Path.valueOf(arguments[1]);
        System.out.println(new Overflows(call, path, Duration.parse(arguments[2]), door).outcome());
        // A stuck virtual thread's carrier, or a lock that is never released, must not keep the JVM alive.
        System.exit(0);
    }

    private String outcome() {
        Thread.Builder daemon = Thread.ofPlatform().daemon();
        await((path == Path.VIRTUAL ? Thread.ofVirtual() : daemon).unstarted(guarded(this::work)));
        if (trouble == null) {
            await(daemon.unstarted(guarded(this::look)));
        }
        String found = "seed " + SEED + ", overflows " + sweep.overflows() + ", lost " + lost;
        return trouble == null ? found + ", sound" : found + ", " + trouble;
    }

    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (Throwable e) {
                trouble = e;
            }
        };
    }

    private void await(Thread thread) {
        thread.start();
        try {
            if (!thread.join(patience)) {
                trouble = new AssertionError("hangs at " + Arrays.toString(thread.getStackTrace()));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void work() {
        warmUp();
        for (int i = 0; i < SWEEPS && sweep.overflows() < MOST_OVERFLOWS; i++) {
            if (call == Call.ALLOCATE) {
                sweepAllocation();
            } else {
                sweepFree();
            }
        }
    }

    /** Loads and initializes every class involved: an overflow inside an initializer would break it for good. */
    private void warmUp() {
        long[] addresses = new long[1_000];
        for (int i = 0; i < 3; i++) {
            cache.allocateBulk(addresses, 0, addresses.length);
            cache.freeBulk(addresses, 0, addresses.length);
            door.free(door.allocate());
            MemorySegment object = cache.allocate();
            cache.free(object);
            cache.prefill(MAGAZINE);
            cache.flush();
            cache.shrink();
            cache.validate();
            cache.stats();
        }
        new StackSweep().run(MOST_SHIFT, () -> {});
    }

    private void sweepAllocation() {
        if (path == Path.FAST) {
            cache.prefill(2 * MAGAZINE);
        } else {
            for (int i = random.nextInt(MOST_FREED); i > 0; i--) {
                hold(door.allocate());
            }
        }
        sweep.run(random.nextInt(MOST_SHIFT), () -> handedOut = door.allocate());
        hold(handedOut);
        while (held.size() > MOST_HELD) {
            door.free(held.remove());
        }
    }

    private void sweepFree() {
        while (held.size() < MOST_HELD) {
            hold(door.allocate());
        }
        if (path == Path.FAST) {
            cache.flush();
        } else {
            for (int i = random.nextInt(MOST_FREED); i > 0; i--) {
                door.free(held.remove());
            }
        }
        Arrays.setAll(victims, i -> held.remove());
        tried = 0;
        sweep.run(random.nextInt(MOST_SHIFT), () -> door.free(victims[tried++]));
        for (int i = 0; i < tried - 1; i++) {
            inDoubt.add(victims[i]);
        }
        for (int i = tried; i < victims.length; i++) {
            held.add(victims[i]);
        }
    }

    private void hold(long address) {
        if (held.contains(address)) {
            throw new AssertionError("handed out twice: 0x" + Long.toHexString(address));
        }
        held.add(address);
        inDoubt.remove(address);
    }

    /**
     * Checks from another thread: locks are free, no object is handed out twice, at most one object per overflow is
     * lost.
     */
    private void look() {
        for (long address : inDoubt) {
            try {
                door.free(address);
            } catch (InvalidFreeException e) {
                // Already free, or lost.
            }
        }
        for (int i = 0; i < MOST_HELD; i++) {
            hold(door.allocate());
        }
        CacheValidation found = cache.validate();
        lost = found.liveObjects() - held.size();
        if (lost < 0 || lost > sweep.overflows()) {
            throw new AssertionError("lost " + lost + " objects");
        }
        for (String finding : found.findings()) {
            if (!finding.contains("not marked live")) {
                throw new AssertionError(finding);
            }
        }
        held.forEach(door::free);
        held.clear();
        cache.flush();
        cache.shrink();
        if (cache.stats().liveObjects() != lost) {
            throw new AssertionError("live at the end: " + cache.stats().liveObjects() + " and not " + lost);
        }
        if (cache.stats().cachedObjects() != 0) {
            throw new AssertionError("out of reach at the end: " + cache.stats().cachedObjects() + " cached objects");
        }
    }
}
