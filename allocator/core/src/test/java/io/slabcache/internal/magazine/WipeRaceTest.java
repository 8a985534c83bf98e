package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A close wipes another thread's cache at any step of its owner. The owner finds nothing, or the state before the wipe,
 * and throws nothing: it reads a magazine once and compares only values of that read. The check must catch code that
 * reads the magazine twice.
 */
@Timeout(60)
class WipeRaceTest {
    private static final int CAPACITY = 8;
    private static final int ROUNDS = 100_000;

    /** Wipes each cache while its owner makes its step. */
    private static void check(Consumer<ThreadCache> step, int rounds) throws Exception {
        AtomicReference<ThreadCache> shown = new AtomicReference<>();
        AtomicBoolean isOver = new AtomicBoolean();
        Running<Object> closer = Threads.start(() -> {
            while (!isOver.get()) {
                ThreadCache cache = shown.getAndSet(null);
                if (cache != null) {
                    cache.wipe();
                }
            }
            return null;
        });
        try {
            for (int i = 0; i < rounds; i++) {
                ThreadCache cache = filled();
                shown.set(cache);
                for (int j = 0; j < 2 * CAPACITY; j++) {
                    step.accept(cache);
                }
            }
        } finally {
            isOver.set(true);
            closer.result();
        }
    }

    private static ThreadCache filled() {
        ThreadCache cache = Fixtures.withMagazines(new ThreadCache(Thread.currentThread(), 0), CAPACITY);
        cache.previous = Fixtures.magazine(CAPACITY, 1, 2, 3, 4, 5, 6, 7, 8);
        for (long address = 11; address <= 18; address++) {
            cache.push(address);
        }
        return cache;
    }

    @Test
    void ofAnAllocation() throws Exception {
        check(
                cache -> {
                    if (cache.pop() == 0 && cache.swapToPop()) {
                        cache.popLoaded();
                    }
                },
                ROUNDS);
    }

    @Test
    void ofAllocationsOnTheSlowPath() throws Exception {
        check(ThreadCache::popLoaded, ROUNDS);
    }

    @Test
    void ofAFree() throws Exception {
        check(
                cache -> {
                    cache.popLoaded();
                    if (!cache.push(99) && cache.swapToPush()) {
                        cache.push(99);
                    }
                    cache.unpop(98);
                },
                ROUNDS);
    }

    @Test
    void ofASwapThatTakesObjectsAlong() throws Exception {
        check(
                cache -> {
                    cache.size = 0;
                    if (cache.swapToPop()) {
                        cache.swapToPush();
                    }
                },
                ROUNDS);
    }

    @Test
    void ofAnExchange() throws Exception {
        check(
                cache -> {
                    Magazine old = cache.unload();
                    cache.load(old);
                    cache.shift(cache.takePrevious());
                    cache.cached();
                    cache.restore();
                },
                ROUNDS);
    }

    @Test
    void ofABulk() throws Exception {
        long[] addresses = new long[CAPACITY];
        check(
                cache -> {
                    cache.pop(addresses, 0, 3);
                    cache.push(addresses, 0, 3);
                },
                ROUNDS);
    }

    /** Known bad: compares with the length of one array, and reads from another. */
    @Test
    void readingTheLoadedMagazineTwiceIsCaught() {
        assertThrows(
                ArrayIndexOutOfBoundsException.class,
                () -> check(
                        cache -> {
                            int top = cache.size - 1;
                            if (Integer.compareUnsigned(top, cache.capacity()) < 0) {
                                cache.size = top;
                                // Without it, a compiler would make the second read the first one.
                                VarHandle.loadLoadFence();
                                cache.pushes += cache.loaded.queue[top];
                            }
                        },
                        1000 * ROUNDS));
    }
}
