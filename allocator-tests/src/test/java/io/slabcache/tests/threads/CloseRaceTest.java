package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.NonNegative;
import io.slabcache.tests.support.OtherThread;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A cache is closed while threads make all its calls, and others shrink it and read its statistics. Each caller learns
 * of the close, and the memory goes back once. The check must catch memory that outlives its cache, and a second
 * successful close.
 */
@ParameterizedClass(name = "lockless {0}, checks {1}, {2}")
@CsvSource({
    "true, STANDARD, PLAIN",
    "true, NONE, PLAIN",
    "false, STANDARD, PLAIN",
    "true, STANDARD, DEBUGGED",
    "true, STANDARD, GUARDED",
    "false, STANDARD, GUARDED"
})
class CloseRaceTest {
    private static final long SEED = Long.getLong("slabcache-test.seed", System.nanoTime());
    private static final int CUSTOMERS = 4;

    /** The calls that each customer makes before the close may come. */
    private static final int CALLS_BEFORE = 200;

    /** After so many refusals a close is forced. */
    private static final int MOST_REFUSALS = 30;

    private static final Debug[] DEBUG = {Debug.SANITY, Debug.REDZONES, Debug.POISON};

    private static final String NAME = "ending";

    /** How the cache is closed; two threads do so at the same time, and neither may notice the other. */
    enum End {
        BY_FORCE(20, 40, SlabCache::closeNow, SlabCache::closeNow),
        BY_FORCE_AND_AGAIN(20, 40, SlabCache::closeNow, cache -> {
            cache.closeNow();
            cache.close();
        }),
        WHEN_NOTHING_IS_LIVE(3, 1, CloseRaceTest::closeWhenNothingIsLive, CloseRaceTest::closeWhenNothingIsLive);

        private final int rounds;
        private final int mostHeld;
        private final Consumer<SlabCache> first;
        private final Consumer<SlabCache> second;

        End(int rounds, int mostHeld, Consumer<SlabCache> first, Consumer<SlabCache> second) {
            this.rounds = rounds;
            this.mostHeld = mostHeld;
            this.first = first;
            this.second = second;
        }
    }

    @Parameter(0)
    boolean lockless;

    @Parameter(1)
    Checks checks;

    /** Which objects are checked. */
    enum Looks {
        PLAIN,
        DEBUGGED,
        GUARDED
    }

    @Parameter(2)
    Looks looks;

    /** A cache built without magazines logs a line when its magazines are asked for objects. */
    private LogCapture log;

    @BeforeEach
    void listen() {
        log = new LogCapture();
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    private static void closeWhenNothingIsLive(SlabCache cache) {
        for (int i = 0; i < MOST_REFUSALS; i++) {
            try {
                cache.close();
                return;
            } catch (LiveObjectsException refused) {
                assertTrue(refused.liveObjects() > 0, refused.getMessage());
            }
        }
    }

    private SlabCache cache(MemorySource source) {
        SlabCacheBuilder builder = SlabCache.builder(NAME, 64)
                .lockless(lockless)
                .checks(checks)
                .debug(looks == Looks.DEBUGGED ? DEBUG : new Debug[0])
                .magazineCapacity(8)
                .slabBytes(64 * 32)
                .memory(source);
        return (looks == Looks.GUARDED ? builder.guardedSampling(1) : builder).build();
    }

    private void race(End end, CountingSource source, long seed) {
        SlabCache cache = cache(source);
        CountDownLatch busy = new CountDownLatch(CUSTOMERS * CALLS_BEFORE);
        CountDownLatch closed = new CountDownLatch(2);
        Workers workers = new Workers();
        List<Customer> customers = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            Customer customer = new Customer(cache, i < CUSTOMERS / 2, end.mostHeld, seed + i);
            customers.add(customer);
            if (i % 2 == 0) {
                workers.platform(() -> use(customer, busy, closed));
            } else {
                workers.virtual(() -> use(customer, busy, closed));
            }
        }
        workers.platform(() -> shrinkUntilClosed(cache))
                .platform(() -> readUntilClosed(cache))
                .platform(() -> closeAfter(busy, cache, end.first, closed))
                .platform(() -> closeAfter(busy, cache, end.second, closed))
                .run();
        customers.forEach(Customer::checkHeldIsDead);
        source.checkAllGivenBackOnce();
        assertEquals(0, cache.stats().reservedBytes());
        assertEquals(0, cache.stats().slabs());
        assertEquals(0, cache.stats().cachedObjects());
        assertEquals(0, cache.stats().liveObjects());
        NonNegative.check(cache.stats());
    }

    private static void use(Customer customer, CountDownLatch busy, CountDownLatch closed) throws InterruptedException {
        customer.useUntilClosed(busy::countDown);
        // The JDK leaves a thread interrupted that it finds in memory that is being closed.
        Thread.interrupted();
        closed.await();
        customer.checkIsToldAgain();
    }

    private static void closeAfter(
            CountDownLatch busy, SlabCache cache, Consumer<SlabCache> closer, CountDownLatch closed)
            throws InterruptedException {
        busy.await();
        try {
            closer.accept(cache);
        } finally {
            // Also after a failure: the others go on until the close.
            cache.closeNow();
            closed.countDown();
        }
    }

    private static void shrinkUntilClosed(SlabCache cache) {
        IllegalStateException end = assertThrows(IllegalStateException.class, () -> {
            while (true) {
                assertTrue(cache.shrink() >= 0);
            }
        });
        Customer.checkSaysClosed(end, NAME);
    }

    /** Statistics are available forever; only other calls report that the cache is closed. */
    private static void readUntilClosed(SlabCache cache) {
        IllegalStateException end = assertThrows(IllegalStateException.class, () -> {
            while (true) {
                NonNegative.check(cache.stats());
                cache.flush();
            }
        });
        Customer.checkSaysClosed(end, NAME);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void everyoneIsToldAndMemoryIsGivenBackOnce(End end) {
        for (int round = 0; round < end.rounds; round++) {
            long seed = SEED + round;
            try {
                race(end, new CountingSource(MemorySource.arena()), seed);
            } catch (Throwable e) {
                throw new AssertionError("failed with -Dslabcache-test.seed=" + seed, e);
            }
        }
    }

    private void closeUnderACustomer(CountingSource source) {
        SlabCache cache = cache(source);
        Customer customer = new Customer(cache, true, End.BY_FORCE.mostHeld, SEED);
        int[] calls = new int[1];
        customer.useUntilClosed(() -> {
            if (++calls[0] == CALLS_BEFORE) {
                customer.hold(cache.allocate());
                cache.closeNow();
            }
        });
        customer.checkIsToldAgain();
        customer.checkHeldIsDead();
        source.checkAllGivenBackOnce();
    }

    @Test
    void segmentsHeldAcrossTheCloseAreDead() {
        closeUnderACustomer(new CountingSource(MemorySource.arena()));
    }

    @Test
    void callsAfterTheCloseAreRefused() {
        SlabCache cache = cache(MemorySource.arena());
        cache.free(cache.allocate());
        cache.close();
        Customer late = new Customer(cache, false, 1, SEED);
        OtherThread.run(late::checkIsToldAgain);
        OtherThread.runVirtual(late::checkIsToldAgain);
    }

    @Test
    void aCacheWhoseMemoryOutlivesItIsCaught() {
        MemorySource immortal = (bytes, alignment) -> new MemoryRegion() {
            private final MemorySegment segment = Arena.ofAuto().allocate(bytes, alignment);

            @Override
            public MemorySegment segment() {
                return segment;
            }

            @Override
            public void close() {
                // Known bad: closes nothing.
            }
        };
        AssertionError caught =
                assertThrows(AssertionError.class, () -> closeUnderACustomer(new CountingSource(immortal)));
        assertTrue(caught.getMessage().contains("memory outlives its cache"), caught.getMessage());
    }

    @Test
    void aSecondWinnerIsCaught() {
        CountingSource source = new CountingSource(MemorySource.arena());
        List<MemoryRegion> taken = new ArrayList<>();
        try (SlabCache cache = SlabCache.builder(NAME, 64)
                .lockless(lockless)
                .memory((bytes, alignment) -> {
                    taken.add(source.allocate(bytes, alignment));
                    return taken.getLast();
                })
                .build()) {
            cache.free(cache.allocate());
        }
        source.checkAllGivenBackOnce();
        assertThrows(IllegalStateException.class, taken.getFirst()::close);
        AssertionError caught = assertThrows(AssertionError.class, source::checkAllGivenBackOnce);
        assertTrue(caught.getMessage().contains("times that a region was given back"), caught.getMessage());
    }
}
