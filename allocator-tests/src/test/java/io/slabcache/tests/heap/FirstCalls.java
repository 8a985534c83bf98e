package io.slabcache.tests.heap;

import io.slabcache.SlabCache;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The program of {@link FirstCallTest}: with a full heap, each of many threads calls a cache for the first time, each
 * with slightly more room than the one before. Then, with room again, another thread calls it, and the cache is queried
 * and closed. Prints {@link #ANSWERS}, or what does not answer.
 */
final class FirstCalls {
    static final String ANSWERS = "all answer";

    private static final int THREADS = 60;
    private static final int STEP = 16;
    private static final long POLL = 2_000_000;
    private static final long PATIENCE = 30_000_000_000L;

    /** The known-bad variant always hangs. */
    private static final long PATIENCE_WITH_KNOWN_BAD = 3_000_000_000L;

    private final SlabCache cache = SlabCache.builder("full heap", 64).build();
    private final boolean isKnownBad;
    private final Lock lock = new ReentrantLock();

    /** The objects that each call could not free, by its number plus 1; index 0 is for the calls before and after. */
    private final long[] held = new long[THREADS + 1];

    /** The number of the thread that may call now. */
    private volatile int turn = -1;

    /** How many calls have ended, and how many of them found no room. Written by one thread at a time. */
    private volatile int ended;

    private volatile int refused;

    private FirstCalls(boolean isKnownBad) {
        this.isKnownBad = isKnownBad;
    }

    /** Known bad with any argument: holds a lock around the calls, which it does not release when there is no room. */
    public static void main(String[] arguments) {
        System.out.println(new FirstCalls(arguments.length > 0).run());
        // Threads that hang must not keep the JVM alive.
        System.exit(0);
    }

    private String run() {
        // Links all classes on the path.
        Patience.run(() -> call(0));
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread.ofPlatform().daemon().start(() -> callInTurn(number));
        }
        Ballast ballast = new Ballast();
        for (int i = 0; i < THREADS && ended == i; i++) {
            ballast.fill(i * STEP);
            turn = i;
            awaitEndOf(i);
            ballast.release();
        }
        if (ended < THREADS) {
            return "call " + ended + " hangs";
        }
        try {
            Patience.run(() -> call(0));
            Patience.run(this::freeHeld);
            Patience.run(cache::stats);
            Patience.run(cache::close);
        } catch (AssertionError e) {
            return e.getMessage();
        }
        return refused == 0 ? "no call found the heap full" : ANSWERS;
    }

    private void awaitEndOf(int number) {
        long start = System.nanoTime();
        long patience = isKnownBad ? PATIENCE_WITH_KNOWN_BAD : PATIENCE;
        while (ended == number && System.nanoTime() - start < patience) {
            LockSupport.parkNanos(POLL);
        }
    }

    /** Allocates nothing before the call. */
    private void callInTurn(int number) {
        while (turn != number) {
            LockSupport.parkNanos(POLL);
        }
        try {
            call(number + 1);
        } catch (OutOfMemoryError e) {
            refused = refused + 1;
        }
        ended = number + 1;
    }

    private void call(int place) {
        if (!isKnownBad) {
            exchange(place);
            return;
        }
        lock.lock();
        byte[] note = new byte[STEP];
        try {
            exchange(place);
            note[0]++;
        } finally {
            lock.unlock();
        }
    }

    /** An object whose free finds no room stays live, and is freed when there is room. */
    private void exchange(int place) {
        long address = cache.allocateAddress();
        held[place] = address;
        cache.freeAddress(address);
        held[place] = 0;
    }

    private void freeHeld() {
        for (long address : held) {
            if (address != 0) {
                cache.freeAddress(address);
            }
        }
    }
}
