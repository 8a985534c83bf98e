package io.slabcache.internal.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.cache.HeldTransfer;
import io.slabcache.internal.util.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A close of an allocator waits for objects of dead threads that are on their way to the slabs. */
@Timeout(60)
class TransferCloseTest {
    private static final int SIZE = 100;

    private final AllocatorParts parts = PlainAllocator.parts("transfers");

    private CacheParts leaveFreeObjectsBehind() throws Exception {
        return Threads.onAnother(() -> {
            long address = QuickPath.allocateAddress(parts.quick, parts.quick.rows(), SIZE);
            QuickPath.freeAddress(parts.quick, parts.quick.rows(), parts.quick.directory(), address);
            return parts.classes.get(SizeClasses.number(SIZE)).parts;
        });
    }

    @Test
    void aCloseWaitsForThemAndCloses() throws Exception {
        CacheParts ofClass = leaveFreeObjectsBehind();
        try (HeldTransfer held = new HeldTransfer(ofClass)) {
            held.letGoDuring(() -> {
                parts.closing.close();
                return null;
            });
        }
        assertFalse(ofClass.isOpen());
        assertEquals(0, parts.stats().liveObjects());
    }
}
