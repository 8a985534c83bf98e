package io.slabcache.tests.heap;

import io.slabcache.Lease;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheExhaustedException;

/**
 * The program of {@link FirstUseTest} that makes one kind of call for the first time while the heap is full, again and
 * again with more room, until it succeeds. With room again, the call has to work on this cache and on another one.
 * Prints {@link #ANSWERS}.
 */
final class FirstOfAKind {
    static final String ANSWERS = "answers after refusals: ";

    private static final int BULK = 20;
    private static final int STEP = 48;
    private static final int MOST = 40_000;

    private final long[] addresses = new long[BULK];

    /** The kinds of calls. */
    enum Kind {
        ALLOCATE,
        SHRINK,
        LEASE,
        BULK,
        EXHAUST,
        /** Uses a class of the test that no cache initializes. */
        KNOWN_BAD
    }

    /** Has an initializer that needs heap. */
    static final class Late {
        static final byte[] ROOM = new byte[MOST / 2];

        private Late() {}
    }

    private static SlabCache open() {
        return SlabCache.builder("first of a kind", 64).maxObjects(BULK).build();
    }

    /** Takes the name of a kind. */
    public static void main(String[] arguments) {
        Kind kind = Kind.valueOf(arguments[0]);
        System.out.println(new FirstOfAKind().run(kind, open(), open()));
    }

    private String run(Kind kind, SlabCache cache, SlabCache other) {
        Ballast ballast = new Ballast();
        int refusals = 0;
        boolean isDone = false;
        for (int left = 0; left < MOST && !isDone; left += left == 0 ? STEP : left / STEP / 2 * STEP + STEP) {
            ballast.fill(left);
            try {
                call(kind, cache);
                isDone = true;
            } catch (OutOfMemoryError e) {
                refusals++;
            }
            ballast.release();
        }
        call(kind, cache);
        call(kind, other);
        cache.closeNow();
        other.close();
        return ANSWERS + refusals;
    }

    private void call(Kind kind, SlabCache cache) {
        switch (kind) {
            case ALLOCATE -> cache.freeAddress(cache.allocateAddress());
            case SHRINK -> cache.shrink();
            case LEASE -> lease(cache);
            case BULK -> cache.freeBulk(bulk(cache), 0, 2);
            case EXHAUST -> exhaust(cache);
            case KNOWN_BAD -> addresses[0] = Late.ROOM.length;
        }
    }

    private static void lease(SlabCache cache) {
        Lease lease = cache.allocateLeased();
        lease.close();
    }

    private long[] bulk(SlabCache cache) {
        if (!cache.allocateBulk(addresses, 0, 2)) {
            throw new AssertionError("no objects left");
        }
        return addresses;
    }

    private static void exhaust(SlabCache cache) {
        try {
            while (true) {
                cache.allocateAddress();
            }
        } catch (CacheExhaustedException e) {
            cache.closeNow();
        }
    }
}
