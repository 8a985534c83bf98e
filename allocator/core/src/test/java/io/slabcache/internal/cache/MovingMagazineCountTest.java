package io.slabcache.internal.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.internal.util.Fields;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A close counts the one live object correctly while another thread moves magazines between its cache, the depot and
 * the slab list. A magazine that is counted both before and after its move would hide the object.
 */
@Timeout(120)
class MovingMagazineCountTest {
    private static final int CAPACITY = 2;

    private final SlabCache cache =
            SlabCache.builder("moving", 64).magazineCapacity(CAPACITY).build();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private Inspection inspection;
    private long live;

    @BeforeEach
    void makeAnObjectLive() throws ReflectiveOperationException {
        inspection = ((CacheParts) Fields.get(cache, "parts")).inspection;
        live = cache.allocateAddress();
    }

    @AfterEach
    void everyObjectIsThere() {
        cache.freeAddress(live);
        cache.close();
    }

    private void check(BooleanSupplier isAnyLive, int counts, Runnable move) throws Exception {
        Running<Object> mover = Threads.start(() -> {
            while (!isOver.get()) {
                move.run();
            }
            return null;
        });
        try {
            for (int i = 0; i < counts; i++) {
                assertTrue(isAnyLive.getAsBoolean(), "the live object was not found");
            }
        } finally {
            isOver.set(true);
            mover.result();
        }
    }

    /** The object that moves on its own is live only for an instant, so it hides no live object. */
    private void moveThroughDepot() {
        cache.freeAddress(cache.allocateAddress());
        cache.flush();
    }

    private void moveThroughSlabList() {
        assertEquals(2 * CAPACITY, cache.prefill(2 * CAPACITY));
        cache.flush();
        cache.shrink();
    }

    @Test
    void theLiveObjectIsFoundWhileMagazinesMoveThroughTheDepot() throws Exception {
        check(inspection::isAnyLive, 50_000, this::moveThroughDepot);
    }

    @Test
    void theLiveObjectIsFoundWhileMagazinesMoveThroughTheSlabList() throws Exception {
        check(inspection::isAnyLive, 50_000, this::moveThroughSlabList);
    }

    /** Known bad: counts once, as a close did formerly. */
    @Test
    void aCountThatIsNotRepeatedIsCaught() {
        assertThrows(
                AssertionError.class,
                () -> check(() -> inspection.stats().liveObjects() > 0, Integer.MAX_VALUE, this::moveThroughDepot));
    }
}
