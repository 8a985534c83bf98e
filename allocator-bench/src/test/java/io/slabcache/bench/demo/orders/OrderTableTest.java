package io.slabcache.bench.demo.orders;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.latency.Times;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table says who is faster only if all rounds say so, and it says which books made other trades. */
class OrderTableTest {

    private static OrderMeasurement measurement(OrderSubject subject, int round, long sum, double seconds) {
        Times times = new Times();
        times.record(100);
        return new OrderMeasurement(subject.id(), round, 1_000, 10, sum, 3, seconds, 0, 0, 0, times.encode());
    }

    @Test
    void otherTradesAreTold() {
        OrderTable table = new OrderTable(
                List.of(measurement(OrderSubject.SLABCACHE, 1, 7, 1), measurement(OrderSubject.JAVA, 1, 8, 1)));
        assertFalse(table.isSound());
        String text = table.render();
        assertTrue(text.contains("DIFFERENT TRADES: slabcache made 10 (checksum 0000000000000007) in round 1"), text);
        assertTrue(text.contains("DIFFERENT TRADES: java made 10 (checksum 0000000000000008) in round 1"), text);
    }

    @Test
    void onlyWhatAllRoundsSayIsSaid() {
        OrderTable table = new OrderTable(List.of(
                measurement(OrderSubject.SLABCACHE, 1, 7, 1),
                measurement(OrderSubject.AGRONA, 1, 7, 0.5),
                measurement(OrderSubject.OBJECTS, 1, 7, 2),
                measurement(OrderSubject.JAVA, 1, 7, 5),
                measurement(OrderSubject.SLABCACHE, 2, 7, 3),
                measurement(OrderSubject.AGRONA, 2, 7, 2),
                measurement(OrderSubject.OBJECTS, 2, 7, 2),
                measurement(OrderSubject.JAVA, 2, 7, 6)));
        assertTrue(table.isSound());
        String text = table.render();
        assertTrue(text.contains("More events than slabcache in every round:\n  agrona (1.75)."), text);
        assertTrue(text.contains("Fewer events than slabcache in every round:\n  java (0.35)."), text);
        assertTrue(text.contains("Not told apart from slabcache by these rounds:\n  objects (1.00)."), text);
        assertTrue(text.contains("0.50-1.50"), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
    }
}
