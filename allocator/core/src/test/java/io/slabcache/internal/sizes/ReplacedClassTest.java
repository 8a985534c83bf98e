package io.slabcache.internal.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.internal.util.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** While a close of the allocator closes one class after the other, other threads go on with new ones. */
class ReplacedClassTest {
    private static final int THREADS = 3;
    private static final int CLOSES = 400;

    private final AllocatorParts parts = PlainAllocator.parts("replaced");

    private final ConcurrentLinkedQueue<Throwable> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean end = new AtomicBoolean();

    private long quickly(long bytes) {
        return QuickPath.allocateAddress(parts.quick, parts.quick.rows(), bytes);
    }

    private void free(long address) {
        try {
            QuickPath.freeAddress(parts.quick, parts.quick.rows(), parts.quick.directory(), address);
        } catch (InvalidFreeException e) {
            // The thread was stopped within a pop: see docs/memory-model.md.
        }
    }

    private void use(int seed, LongUnaryOperator allocate) {
        SplittableRandom random = new SplittableRandom(seed);
        while (!end.get()) {
            try {
                free(allocate.applyAsLong(1 + random.nextInt(200)));
            } catch (IllegalStateException e) {
                refusals.add(e);
                return;
            }
        }
    }

    private void closeAmid(LongUnaryOperator allocate) throws Exception {
        List<Threads.Running<Boolean>> users = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            users.add(Threads.start(() -> {
                use(seed, allocate);
                return true;
            }));
        }
        for (int i = 0; i < CLOSES && refusals.isEmpty(); i++) {
            try {
                assertEquals(null, parts.classes.close());
            } catch (LiveObjectsException e) {
                // An object of a class was live at that moment; the classes before it are closed.
            }
        }
        end.set(true);
        for (Threads.Running<Boolean> user : users) {
            assertTrue(user.result());
        }
        parts.closing.closeNow();
    }

    @Test
    void noAllocationIsRefused() throws Exception {
        closeAmid(this::quickly);
        assertEquals(List.of(), List.copyOf(refusals));
    }

    @Test
    void noAllocationOfABulkOrWithAnAlignmentIsRefused() throws Exception {
        closeAmid(bytes -> {
            long[] one = new long[1];
            parts.bulk.allocate(bytes, one, 0, 1);
            free(one[0]);
            return parts.anySize.allocateAddress(bytes, 32);
        });
        assertEquals(List.of(), List.copyOf(refusals));
    }

    /** Known bad: a call of a class that does not look for the one that replaces it. */
    @Test
    void anAllocationThatIsRefusedIsCaught() throws Exception {
        closeAmid(bytes -> parts.classes.get(SizeClasses.number(bytes)).allocateAddress(bytes));
        assertFalse(refusals.isEmpty());
    }
}
