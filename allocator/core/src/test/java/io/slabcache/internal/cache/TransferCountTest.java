package io.slabcache.internal.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.internal.util.Fields;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects of a dead thread that are on their way to the slabs, because of a shrink or a keeper, are not live. */
@Timeout(60)
class TransferCountTest {
    private static final int OBJECTS = 20;

    /** Waits are bounded, and a thread may not be scheduled for as long; no test needs more than one round then. */
    private static final int MOST_ROUNDS = 20;

    private final SlabCache cache = SlabCache.builder("transfers", 64).build();
    private CacheParts parts;
    private long inTransfer;

    @BeforeEach
    void findParts() throws ReflectiveOperationException {
        parts = (CacheParts) Fields.get(cache, "parts");
    }

    @AfterEach
    void closeIt() {
        cache.close();
    }

    private void leaveFreeObjectsBehind() throws Exception {
        Threads.onAnother(() -> {
            long[] objects = new long[OBJECTS];
            for (int i = 0; i < OBJECTS; i++) {
                objects[i] = cache.allocateAddress();
            }
            for (long object : objects) {
                cache.freeAddress(object);
            }
            return null;
        });
    }

    private HeldTransfer hold() throws Exception {
        leaveFreeObjectsBehind();
        inTransfer = parts.core.magazines.counts().cachedByThreads();
        assertTrue(inTransfer >= OBJECTS);
        return new HeldTransfer(parts);
    }

    @Test
    void aCloseWaitsForThemAndCloses() throws Exception {
        try (HeldTransfer held = hold()) {
            Running<Boolean> closing = Threads.start(() -> {
                cache.close();
                return parts.isOpen();
            });
            // The shortcut before is not sure of anything; the decision waits.
            while (parts.core.supply.seals() % 2 == 0) {
                assertTrue(closing.thread().isAlive(), "the close was decided during the transfer");
                Thread.sleep(1);
            }
            closing.awaitWaiting();
            held.letGo();
            assertFalse(closing.result());
        }
    }

    @Test
    void aCloseStillFindsALiveObject() throws Exception {
        long live = cache.allocateAddress();
        try (HeldTransfer held = hold()) {
            LiveObjectsException refused =
                    held.letGoDuring(() -> assertThrows(LiveObjectsException.class, cache::close));
            assertEquals(1, refused.liveObjects());
        }
        cache.freeAddress(live);
    }

    /** Succeeds if a call that began during a transfer has waited for its end. */
    private <T> void assertAwaited(Callable<T> call, Predicate<T> isRight) throws Exception {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            try (HeldTransfer held = hold()) {
                if (isRight.test(held.letGoDuring(call))) {
                    return;
                }
            }
        }
        throw new AssertionError("no call has waited");
    }

    @Test
    void statisticsWaitForThem() throws Exception {
        assertAwaited(() -> cache.stats().liveObjects(), live -> live == 0);
    }

    @Test
    void aValidationWaitsForThem() throws Exception {
        assertAwaited(cache::validate, validation -> validation.findings().equals(List.of()));
    }

    /** A transfer that does not end stops no statistics, and nothing is sure meanwhile. */
    @Test
    void noOtherCountWaitsForLong() throws Exception {
        try (HeldTransfer held = hold()) {
            assertEquals(inTransfer, cache.stats().liveObjects());
            assertFalse(parts.inspection.isAnySurelyLive());
            assertEquals(inTransfer, parts.inspection.steadyStats().liveObjects());
            assertEquals(inTransfer, parts.inspection.liveObjects().liveObjects());
            held.letGo();
            assertEquals(0, cache.stats().liveObjects());
        }
    }

    /** Known bad: looks at no transfer, as all counts did formerly. What else has moved says that nothing moves. */
    @Test
    void aCountThatLooksAtNoTransferIsWrong() throws Exception {
        try (HeldTransfer held = hold()) {
            Moves before = settled(Moves.of(parts.core));
            assertEquals(inTransfer, parts.inspection.countOnce().liveObjects());
            assertTrue(before.areAll(settled(Moves.of(parts.core))));
            held.letGo();
            assertFalse(before.areAll(settled(Moves.of(parts.core))));
        }
    }

    private static Moves settled(Moves moves) {
        return new Moves(0, moves.gets(), moves.puts(), moves.refills(), moves.flushes(), moves.free());
    }

    /** Transfers as they come: each count either waits for one or comes before or after it. */
    @Test
    void noExactCountMeetsOne() throws Exception {
        for (int round = 0; round < 300; round++) {
            leaveFreeObjectsBehind();
            Running<Long> shrinking = Threads.start(cache::shrink);
            while (shrinking.thread().isAlive()) {
                assertFalse(parts.inspection.isAnyLive());
            }
            shrinking.result();
        }
    }
}
