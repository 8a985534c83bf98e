package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A hash table of thread caches never fills up, although dead threads leave used slots behind. The random test must
 * catch a table that counts the slots of dead threads as free.
 */
@Timeout(30)
class ThreadTableTest {
    private final ThreadTable table = new ThreadTable(ThreadCaches.none(false));

    private static ThreadCache dead() {
        return new ThreadCache(Fixtures.deadThread(), 0);
    }

    private ThreadCache[] places() throws ReflectiveOperationException {
        return (ThreadCache[]) Fields.get(table, "places");
    }

    private int removeDead() {
        int count = 0;
        for (ThreadCache dead = table.removeDead(new Transfers()); dead != null; dead = dead.nextDead) {
            count++;
        }
        return count;
    }

    @Test
    void anEmptyTableHasNoThreads() {
        assertSame(ThreadCaches.none(false), table.find(Thread.currentThread().threadId()));
        assertEquals(0, removeDead());
        assertEquals(List.of(), table.all());
    }

    @Test
    void removedCachesAreNotKept() throws Exception {
        ThreadCache own = new ThreadCache(Thread.currentThread(), 0);
        table.reserve();
        table.add(own);
        for (int i = 0; i < 7; i++) {
            table.reserve();
            table.add(dead());
        }
        assertEquals(7, removeDead());
        for (ThreadCache left : places()) {
            assertTrue(left == null || left == ThreadCaches.none(false) || left == own);
        }
        assertSame(own, table.find(own.ownerId));
        assertEquals(List.of(own), table.all());
    }

    /** Damages the table after each removal. */
    private interface Fault {
        void plant() throws ReflectiveOperationException;
    }

    /**
     * Threads come and end, and the table shrinks only sometimes, as if the heap were often full. Enough slots stay
     * unused, so the search for a thread without a cache ends.
     */
    private void check(Fault fault) throws ReflectiveOperationException {
        Random random = new Random(28);
        for (int round = 0; round < 200; round++) {
            List<ThreadCache> added = new ArrayList<>();
            for (int i = random.nextInt(100); i >= 0; i--) {
                added.add(dead());
                table.reserve();
                table.add(added.getLast());
                long unused = Arrays.stream(places()).filter(Objects::isNull).count();
                assertTrue(unused * 2 >= places().length, "more than half of the table is used");
            }
            for (ThreadCache cache : added) {
                assertSame(cache, table.find(cache.ownerId));
            }
            assertEquals(added.size(), removeDead());
            fault.plant();
            if (random.nextInt(10) == 0) {
                table.shrink();
            }
        }
        assertEquals(0, table.count());
    }

    @Test
    void theTableNeverFillsUp() throws Exception {
        check(() -> {});
    }

    /** Known bad: slots of dead threads count as free. */
    @Test
    void theCheckFindsATableThatForgetsWhatItRemoved() {
        assertThrows(AssertionError.class, () -> check(() -> Fields.set(table, "used", table.count())));
    }
}
