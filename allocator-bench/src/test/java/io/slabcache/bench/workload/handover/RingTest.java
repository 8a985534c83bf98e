package io.slabcache.bench.workload.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A ring passes each object once and in order, publishes in bursts, and tells the sender that the receiver has failed.
 */
@Timeout(30)
class RingTest {

    @Test
    void holdsAsManyLongsAsItHasSlots() {
        LongRing ring = new LongRing();
        assertEquals(LongRing.NOTHING, ring.poll());
        for (int i = 1; i <= LongRing.SLOTS; i++) {
            assertTrue(ring.offer(i));
        }
        assertFalse(ring.offer(1));
        for (int i = 1; i <= RingIndices.BURST; i++) {
            assertFalse(ring.offer(1));
            assertEquals(i, ring.poll());
        }
        assertTrue(ring.offer(1));
        assertFalse(ring.isEmpty());
    }

    @Test
    void holdsAsManyObjectsAsItHasSlots() {
        ObjectRing<Integer> ring = new ObjectRing<>();
        assertNull(ring.poll());
        for (int i = 1; i <= ObjectRing.SLOTS; i++) {
            assertTrue(ring.offer(i));
        }
        assertFalse(ring.offer(1));
        for (int i = 1; i <= RingIndices.BURST; i++) {
            assertFalse(ring.offer(1));
            assertEquals(i, ring.poll());
        }
        assertTrue(ring.offer(1));
        assertFalse(ring.isEmpty());
    }

    @Test
    void theReceiverSeesWhatIsPublishedOrFillsABurst() {
        LongRing ring = new LongRing();
        for (int i = 1; i < LongRing.BURST; i++) {
            assertTrue(ring.offer(i));
            assertEquals(LongRing.NOTHING, ring.poll());
        }
        ring.publish();
        assertEquals(1, ring.poll());
        assertTrue(ring.offer(1));
        for (int i = 2; i < LongRing.BURST; i++) {
            assertEquals(i, ring.poll());
        }
        assertEquals(1, ring.poll());
        assertEquals(LongRing.NOTHING, ring.poll());
        assertTrue(ring.isEmpty());
    }

    @Test
    void theReceiverGetsEachObjectOnceAndInOrder() {
        int count = 10 * LongRing.SLOTS + 1;
        List<Long> received = new ArrayList<>();
        LongReceiver receiver = new LongReceiver(Thread::new, () -> {}, received::add);
        for (long i = 1; i <= count; i++) {
            for (int turn = 0; !receiver.ring().offer(i); turn++) {
                receiver.await(turn);
            }
        }
        receiver.ring().publish();
        receiver.stop();
        assertEquals(count, received.size());
        for (int i = 0; i < count; i++) {
            assertEquals(i + 1, received.get(i));
        }
    }

    @Test
    void theSenderHearsOfTheReceiversFailure() {
        ObjectReceiver<String> receiver = new ObjectReceiver<>(Thread::new, () -> {}, text -> {
            throw new IllegalArgumentException(text);
        });
        assertTrue(receiver.ring().offer("broken"));
        receiver.ring().publish();
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> {
            for (int turn = 0; true; turn++) {
                receiver.await(turn);
            }
        });
        assertEquals("broken", failure.getCause().getMessage());
        receiver.stop();
    }
}
