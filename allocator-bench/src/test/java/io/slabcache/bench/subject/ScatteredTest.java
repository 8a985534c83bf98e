package io.slabcache.bench.subject;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.bench.workload.AddressScatter;
import io.slabcache.diagnostics.LiveObjectsException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Of ten million objects the same number is live before and after; cache and limit detect a difference. */
class ScatteredTest {

    private static final int BURSTS = 1_000;

    @Test
    void asManyObjectsAreAllocatedAsWereFreed() {
        isSameWork(new SlabcacheLocalAddress());
        isSameWork(new SlabcacheBulkAddress());
        isSameWork(new Limit());
    }

    private static void isSameWork(AddressScatter subject) {
        setUp(subject);
        for (int i = 0; i < BURSTS; i++) {
            assertEquals(64, Arrays.stream(subject.scattered()).distinct().count());
        }
        assertDoesNotThrow(subject::tearDown);
    }

    /** Known bad: would seem fast. */
    @Test
    void anObjectThatIsNotFreedIsDetected() {
        SlabcacheBulkAddress subject = new SlabcacheBulkAddress() {
            @Override
            protected void giveScattered(long[] addresses, int count) {
                super.giveScattered(addresses, count - 1);
            }
        };
        setUp(subject);
        long[] addresses = subject.scattered().clone();
        assertEquals(64, addresses.length);
        assertThrows(LiveObjectsException.class, subject::tearDown);
    }

    @Test
    void theLimitDetectsADoubleFree() {
        Limit limit = new Limit();
        setUp(limit);
        long[] addresses = limit.scattered().clone();
        addresses[1] = addresses[0];
        assertThrows(IllegalStateException.class, () -> limit.giveScattered(addresses, 2));
        limit.tearDown();
    }

    private static void setUp(AddressScatter subject) {
        subject.objectSize = 64;
        subject.setUp();
    }
}
