package io.slabcache.internal.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.Fields;
import io.slabcache.internal.util.RecordedLock;
import io.slabcache.internal.util.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Checks the lock order of {@code docs/memory-model.md} in an allocator: the lock of its directory is the innermost one.
 * All classes share it, and each has the locks of a cache.
 */
@Timeout(60)
class SizedLockOrderTest {
    /** "A, B": a thread may acquire B while it holds A. */
    private static final Set<String> ORDER = Set.of(
            "IdleCaches, Revocation",
            "IdleCaches, ThreadCaches",
            "IdleCaches, Depot",
            "IdleCaches, SlabList",
            "Revocation, SlabList",
            "Depot, SlabList",
            "SlabList, SlabDirectory");

    private static final int[] SIZES = {16, 100, 5_000, 60_000};
    private static final long MILLIS = 1_500;

    private final RecordedLock.Record record = new RecordedLock.Record();

    private final AllocatorParts parts = PlainAllocator.parts("ordered");

    @BeforeEach
    void recordAllLocks() throws ReflectiveOperationException {
        for (int size : SIZES) {
            free(allocate(size));
            List<String> locks = record.of(parts.classes.get(SizeClasses.number(size)).parts);
            assertTrue(locks.contains("SlabDirectory"), locks::toString);
            assertTrue(locks.contains("SlabList"), locks::toString);
        }
    }

    private long allocate(long bytes) {
        return QuickPath.allocateAddress(parts.quick, parts.quick.rows(), bytes);
    }

    private void free(long address) {
        QuickPath.freeAddress(parts.quick, parts.quick.rows(), parts.quick.directory(), address);
    }

    private Object work(AtomicBoolean isOver) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long[] objects = new long[200];
        while (!isOver.get()) {
            for (int i = 0; i < objects.length; i++) {
                objects[i] = allocate(SIZES[random.nextInt(SIZES.length)] - random.nextInt(3));
            }
            assertTrue(parts.anySize.owns(objects[0]));
            for (long object : objects) {
                free(object);
            }
        }
        return null;
    }

    private void assertNothingElseWasHeld() {
        Set<String> others = new TreeSet<>(record.pairs());
        others.removeAll(ORDER);
        assertEquals(Set.of(), others);
        assertEquals(Set.of(), record.unmounted());
    }

    @Test
    void theLockOfTheDirectoryIsTheInnermostOne() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        List<Threads.Running<Object>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(Threads.start(() -> work(isOver)));
            all.add(Threads.startVirtual(() -> work(isOver)));
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        while (System.nanoTime() < end) {
            parts.shrink();
            parts.stats();
            long live = allocate(100);
            assertThrows(LiveObjectsException.class, parts.closing::close);
            free(live);
        }
        isOver.set(true);
        for (Threads.Running<Object> each : all) {
            each.result();
        }
        parts.shrink();
        parts.closing.close();
        assertNothingElseWasHeld();
        assertTrue(record.pairs().contains("SlabList, SlabDirectory"), record.pairs()::toString);
    }

    /** Known bad: looks for memory to give back while it holds the lock of the directory. */
    @Test
    void theOtherOrderIsCaught() throws ReflectiveOperationException {
        CountedLock lock = (CountedLock) Fields.get(parts.quick.directory(), "lock");
        lock.lock();
        try {
            parts.classes.get(SizeClasses.number(100)).parts.core.index();
            parts.stats();
        } finally {
            lock.unlock();
        }
        assertTrue(record.pairs().contains("SlabDirectory, SlabList"), record.pairs()::toString);
        assertThrows(AssertionError.class, this::assertNothingElseWasHeld);
        parts.closing.close();
    }
}
