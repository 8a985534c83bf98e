package io.slabcache.tests.threads;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A program in which a platform thread makes a cache grow while virtual threads wait for the growth: some are
 * unmounted, others are pinned by a native frame. If the lock is handed to an unmounted thread, the only carrier
 * belongs to a pinned one that waits for it.
 */
final class PinnedGrowth {
    static final String DONE = "done";
    static final String HANGS = "hangs";
    static final String KNOWN_BAD = "known-bad";

    private static final int UNMOUNTED = 4;
    private static final long OBJECT_BYTES = 64 << 10;
    private static final int OBJECTS_PER_SLAB = 8;

    /** The allocation of a class initializer, which has no other access to it. */
    private static volatile Runnable allocation;

    private static final class Initializer {
        static final boolean IS_OVER = run();

        private static boolean run() {
            allocation.run();
            return true;
        }
    }

    private PinnedGrowth() {}

    /** Takes the timeout in milliseconds, and optionally that a lock replaces the cache. */
    public static void main(String[] arguments) throws Throwable {
        long millis = Long.parseLong(arguments[0]);
        boolean knownBad = arguments.length > 1 && arguments[1].equals(KNOWN_BAD);
        boolean ends = knownBad
                ? aLockIsPassedOn(millis)
                : aGrowthIsOver(millis)
                        && manyGrow(millis, MemorySource.arena())
                        && manyGrow(millis, new SourceThatParks());
        System.out.println(ends ? DONE : HANGS);
    }

    private static boolean aLockIsPassedOn(long millis) throws Throwable {
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform().daemon().start(() -> {
            lock.lock();
            held.countDown();
            await(mayEnd);
            lock.unlock();
        });
        await(held);
        return allGoOn(millis, holder, mayEnd, () -> {
            lock.lock();
            lock.unlock();
        });
    }

    private static boolean aGrowthIsOver(long millis) throws Throwable {
        CountDownLatch growing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        SlabCache cache = SlabCache.builder("pinned", OBJECT_BYTES)
                .slabBytes(OBJECTS_PER_SLAB * OBJECT_BYTES)
                .memory((bytes, alignment) -> {
                    if (!Thread.currentThread().isVirtual()) {
                        growing.countDown();
                        await(mayEnd);
                    }
                    return MemorySource.arena().allocate(bytes, alignment);
                })
                .build();
        Thread grower = Thread.ofPlatform().daemon().start(cache::allocateAddress);
        await(growing);
        return allGoOn(millis, grower, mayEnd, cache::allocateAddress);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One thread holds what others wait for: first the unmounted threads, then the pinned ones. */
    private static boolean allGoOn(long millis, Thread holder, CountDownLatch mayEnd, Runnable action)
            throws Throwable {
        List<Thread> all = new ArrayList<>(List.of(holder));
        for (int i = 0; i < UNMOUNTED; i++) {
            all.add(Thread.ofVirtual().start(action));
            awaitWaiting(all.getLast());
        }
        allocation = action;
        CountDownLatch pinned = new CountDownLatch(2);
        Runnable upcall = upcall(() -> {
            pinned.countDown();
            action.run();
        });
        all.add(Thread.ofVirtual().start(upcall));
        all.add(Thread.ofVirtual().start(() -> {
            pinned.countDown();
            if (!Initializer.IS_OVER) {
                throw new AssertionError();
            }
        }));
        // With one carrier, the second one starts when the first has ended.
        pinned.await(1, TimeUnit.SECONDS);
        Thread.sleep(50);
        mayEnd.countDown();
        return allEnd(all, millis);
    }

    /** Virtual threads, half of them in a native upcall, allocate objects so large that the cache grows all the time. */
    private static boolean manyGrow(long millis, MemorySource source) throws Throwable {
        List<Thread> all = new ArrayList<>();
        AtomicInteger failures = new AtomicInteger();
        SlabCache cache = SlabCache.builder("many", OBJECT_BYTES).memory(source).build();
        Runnable work = () -> {
            long[] mine = new long[20];
            for (int i = 0; i < mine.length; i++) {
                mine[i] = cache.allocateAddress();
            }
            for (long object : mine) {
                cache.freeAddress(object);
            }
        };
        for (int i = 0; i < 32; i++) {
            all.add(Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, e) -> failures.incrementAndGet())
                    .start(i % 2 == 0 ? work : upcall(work)));
        }
        boolean ends = allEnd(all, millis);
        if (ends) {
            cache.close();
        }
        return ends && failures.get() == 0;
    }

    /** A source that unmounts a virtual thread that calls it. */
    private static final class SourceThatParks implements MemorySource {
        @Override
        public MemoryRegion allocate(long bytes, long alignment) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return MemorySource.arena().allocate(bytes, alignment);
        }
    }

    private static boolean allEnd(List<Thread> threads, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            if (thread.isAlive()) {
                return false;
            }
        }
        return true;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.isAlive()
                && thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    /** Runs an action once, from native code: the C library sorts two numbers and calls back to compare them. */
    @SuppressWarnings("restricted")
    private static Runnable upcall(Runnable action) throws ReflectiveOperationException {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor comparison = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
        MethodHandle compare = MethodHandles.lookup()
                .findStatic(
                        PinnedGrowth.class,
                        "compare",
                        MethodType.methodType(int.class, Runnable.class, MemorySegment.class, MemorySegment.class))
                .bindTo(action);
        MemorySegment stub = linker.upcallStub(compare, comparison, Arena.global());
        MethodHandle sort = linker.downcallHandle(
                linker.defaultLookup().find("qsort").orElseThrow(),
                FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS));
        MemorySegment numbers = Arena.global().allocate(JAVA_LONG, 2);
        return () -> {
            try {
                sort.invokeExact(numbers, 2L, 8L, stub);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        };
    }

    private static int compare(Runnable action, MemorySegment one, MemorySegment other) {
        action.run();
        return 0;
    }
}
