package io.slabcache.bench.subject;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.bench.workload.AddressBatch;
import io.slabcache.diagnostics.LiveObjectsException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A batch of bulk calls does the same work as one of single calls; the cache's statistics detect a difference. */
class BulkAddressTest {

    @Test
    void everyObjectOfABatchIsFreed() {
        isAWholeBatch(new SlabcacheLocalAddress());
        isAWholeBatch(new SlabcacheBulkAddress());
        isAWholeBatch(new SlabcacheBulkAddressUnchecked());
    }

    /** Known bad: would seem fast. */
    @Test
    void aBatchThatIsNotFreedIsDetected() {
        SlabcacheBulkAddress subject = new SlabcacheBulkAddress() {
            @Override
            protected void giveMany(long[] addresses, int count) {
                super.giveMany(addresses, count - 1);
            }
        };
        setUp(subject);
        long[] addresses = subject.batch1000();
        assertThrows(LiveObjectsException.class, subject::tearDown);
        subject.give(addresses[addresses.length - 1]);
        subject.tearDown();
    }

    @Test
    void everyObjectHandedOverIsFreed() {
        SlabcacheBulkAddress subject = new SlabcacheBulkAddress();
        setUp(subject);
        subject.handover();
        subject.give(subject.send());
        assertDoesNotThrow(subject::tearDown);
    }

    private static void isAWholeBatch(AddressBatch subject) {
        setUp(subject);
        long[] addresses = subject.batch1000();
        assertEquals(
                1_000,
                Arrays.stream(addresses)
                        .filter(address -> address != 0)
                        .distinct()
                        .count());
        assertDoesNotThrow(subject::tearDown);
    }

    private static void setUp(AddressBatch subject) {
        subject.objectSize = 256;
        subject.setUp();
    }
}
