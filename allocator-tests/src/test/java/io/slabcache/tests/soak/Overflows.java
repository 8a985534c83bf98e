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
 * The program that {@link StackOverflowTest} runs: overflows the stack inside allocations or frees, at every depth, and then
 * looks what is left of the cache. In a JVM of its own, because what it leaves behind may be stuck.
 */
final class Overflows {
    private static final long SEED = Long.getLong("slabcache-test.seed", 1);
    private static final int SWEEPS = 250;

    /** Enough, whatever the sweeps left to do: each is an error made and thrown. */
    private static final int MOST_OVERFLOWS = 4_000;

    private static final int MAGAZINE = 256;
    private static final int MOST_HELD = 2_000;
    private static final int MOST_SHIFT = 24;

    /** More than magazines and depot hold. */
    private static final int MOST_FREED = 500;

    /** What is cut short. */
    enum Call {
        ALLOCATE,
        FREE
    }

    /** How far the calls go. */
    enum Path {
        /** To the magazines, which have objects and room. */
        FAST,
        /** To the magazines and all layers below. */
        LOCKLESS,
        /** The same on a virtual thread. */
        VIRTUAL,
        /** To the slab lists at once. */
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

    /** Live for sure, oldest first. */
    private final Deque<Long> held = new ArrayDeque<>();

    /** Given to a free that was cut short: live, free, or lost. */
    private final Set<Long> inDoubt = new HashSet<>();

    /** What a swept allocation gave, and what swept frees are given; nothing else of this program happens in a sweep. */
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

    /** Call, path and patience; prints what happened. */
    public static void main(String[] arguments) {
        run(arguments, Door::new);
    }

    static void run(String[] arguments, Function<SlabCache, Door> door) {
        Call call = Call.valueOf(arguments[0]);
        Path path = Path.valueOf(arguments[1]);
        System.out.println(new Overflows(call, path, Duration.parse(arguments[2]), door).outcome());
        // A stuck virtual thread's carrier, or a lock that is never released, must not keep the JVM.
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

    /** Loads and initializes every class that takes part: an overflow inside an initializer would break it for good. */
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

    /** From another thread: locks are free, nothing is handed out twice, and at most one object per overflow is lost. */
    private void look() {
        for (long address : inDoubt) {
            try {
                door.free(address);
            } catch (InvalidFreeException e) {
                // Free already, or lost.
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
