package io.slabcache.internal.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.util.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A thread finds its own part of each class in its row, and nothing of another thread or of a class that was closed. */
class ThreadRowsTest {
    private static final int SMALL = SizeClasses.number(100);
    private static final int LARGE = SizeClasses.number(5_000);

    private final AllocatorParts parts = PlainAllocator.parts("rows");

    private final ThreadRows rows = new ThreadRows();

    private long allocate(long bytes) {
        return QuickPath.allocateAddress(parts.quick, parts.quick.rows(), bytes);
    }

    private void free(long address) {
        QuickPath.freeAddress(parts.quick, parts.quick.rows(), parts.quick.directory(), address);
    }

    private ThreadCache likely(ThreadRows of, int number) {
        return ThreadRows.likely(of.rows(), Thread.currentThread().threadId(), number);
    }

    private boolean isOwn(ThreadCache part) {
        return part.isOwnedBy(Thread.currentThread().threadId());
    }

    @Test
    void aRowHasWhatItsThreadEntered() throws Exception {
        free(allocate(100));
        ThreadCache part = parts.classes.get(SMALL).current();
        assertFalse(isOwn(likely(rows, SMALL)));
        rows.learn(SMALL, part);
        assertSame(part, likely(rows, SMALL));
        assertFalse(isOwn(likely(rows, LARGE)));
        assertFalse(Threads.onAnother(() -> isOwn(likely(rows, SMALL))));
        parts.closing.close();
    }

    @Test
    void theSharedEmptyPartIsNotEntered() throws Exception {
        ThreadCache none = Threads.onVirtual(() -> parts.classes.get(SMALL).current());
        rows.learn(SMALL, none);
        assertFalse(isOwn(likely(rows, SMALL)));
        parts.closing.close();
    }

    /** The path finds the row by itself, and uses the magazines in it. */
    @Test
    void aThreadUsesItsRow() {
        for (int i = 0; i < 3; i++) {
            free(allocate(100));
        }
        ThreadCache part = likely(quickRows(), SMALL);
        assertSame(parts.classes.get(SMALL).current(), part);
        parts.closing.close();
    }

    private ThreadRows quickRows() {
        return parts.quick.threadRows();
    }

    /** A class that was closed while another one refused is made anew. Its former part must not serve any more. */
    @Test
    void aPartOfAClosedClassDoesNotServe() {
        for (int i = 0; i < 3; i++) {
            free(allocate(100));
        }
        ThreadCache before = likely(quickRows(), SMALL);
        assertTrue(isOwn(before));
        long live = allocate(5_000);
        assertThrows(LiveObjectsException.class, parts.classes::close);
        List<Long> objects = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            objects.add(allocate(100));
        }
        assertEquals(1_000, objects.stream().distinct().count());
        assertNotSame(before, likely(quickRows(), SMALL));
        assertEquals(1_001, parts.stats().liveObjects());
        objects.forEach(this::free);
        free(live);
        assertEquals(0, parts.stats().liveObjects());
        parts.closing.close();
    }

    /** Threads whose numbers are 1,024 apart share a place: one has it, and the others go on without. */
    @Test
    void aPlaceBelongsToOneThreadUntilThatEnds() throws Exception {
        AtomicInteger owned = new AtomicInteger();
        long place = Thread.currentThread().threadId() & 1023;
        free(allocate(100));
        rows.learn(SMALL, parts.classes.get(SMALL).current());
        for (int i = 0; i < 3_000; i++) {
            Thread next = Thread.ofPlatform().unstarted(() -> {
                free(allocate(100));
                rows.learn(SMALL, parts.classes.get(SMALL).current());
                owned.addAndGet(isOwn(likely(rows, SMALL)) ? 1 : 0);
            });
            if ((next.threadId() & 1023) == place) {
                next.start();
                next.join();
            }
        }
        assertEquals(0, owned.get());
        assertTrue(isOwn(likely(rows, SMALL)));
        parts.closing.close();
    }

    /** Dead threads leave their places to later ones, and their rows go. */
    @Test
    void rowsOfDeadThreadsGo() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Threads.Running<Boolean> alive = Threads.start(() -> {
            free(allocate(100));
            rows.learn(SMALL, parts.classes.get(SMALL).current());
            Threads.await(end);
            return isOwn(likely(rows, SMALL));
        });
        for (int i = 0; i < 200; i++) {
            assertTrue(Threads.onAnother(() -> {
                free(allocate(100));
                rows.learn(SMALL, parts.classes.get(SMALL).current());
                return isOwn(likely(rows, SMALL));
            }));
            assertTrue(kept() <= 64, kept() + " rows after " + i + " threads");
        }
        rows.forgetDead();
        end.countDown();
        assertTrue(alive.result(), "a living thread lost its row");
        assertTrue(kept() <= 1, kept() + " rows");
        parts.closing.close();
    }

    private int kept() {
        int kept = 0;
        for (ThreadCache[] row : rows.rows()) {
            kept += row[SMALL].hasOwner() ? 1 : 0;
        }
        return kept;
    }
}
