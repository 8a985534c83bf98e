package io.slabcache.tests.debug;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.ObjectTrace;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A debugged cache names the threads that have its objects, and those that had them before. */
class TrackingTest extends DebugContract {
    private long[] allocateMany(int count) {
        return IntStream.range(0, count).mapToLong(i -> cache.allocateAddress()).toArray();
    }

    private long allocateOne() {
        return cache.allocateAddress();
    }

    private void freeMany(long[] objects) {
        for (long object : objects) {
            cache.freeAddress(object);
        }
    }

    @Test
    void allocationsAreCountedByStack() {
        open(Debug.TRACKING);
        long[] many = allocateMany(20);
        long one = allocateOne();
        List<ObjectTrace> traces = cache.allocTraces();
        assertEquals(2, traces.size(), traces::toString);
        ObjectTrace most = traces.getFirst();
        assertEquals(20, most.count());
        assertEquals(20 * SIZE, most.bytes());
        assertBeginsIn(TrackingTest.class, most.stack());
        assertTrue(most.stack().toString().contains("allocateMany"), most::toString);
        assertTrue(most.minAge().compareTo(most.averageAge()) <= 0);
        assertTrue(most.averageAge().compareTo(most.maxAge()) <= 0);
        assertTrue(traces.getLast().stack().getFirst().getMethodName().equals("allocateOne"), traces::toString);
        assertEquals(List.of(), cache.freeTraces());

        freeMany(many);
        cache.freeAddress(one);
        assertEquals(List.of(), cache.allocTraces());
        assertEquals(2, cache.freeTraces().size());
        assertEquals(20, cache.freeTraces().getFirst().count());
        assertEquals(
                "freeMany", cache.freeTraces().getFirst().stack().getFirst().getMethodName());
    }

    @Test
    void whatIsNotTrackedHasNoTraces() {
        open(Debug.SANITY, Debug.POISON);
        long object = cache.allocateAddress();
        assertEquals(List.of(), cache.allocTraces());
        cache.freeAddress(object);
        assertEquals(List.of(), cache.freeTraces());
    }

    @Test
    void aCacheThatCannotBeClosedSaysWhoHasItsObjects() {
        open(USUAL);
        long[] objects = allocateMany(20);
        LiveObjectsException thrown = assertThrows(LiveObjectsException.class, cache::close);
        assertEquals(20, thrown.liveObjects());
        assertEquals(8, thrown.sampleAddresses().length);
        assertEquals(20, thrown.allocTraces().getFirst().count());
        assertSays(thrown.getMessage(), "20 objects are live", "\nallocated at", "allocateMany");
        freeMany(objects);
    }

    @Test
    void withoutTrackingItSaysWhichOnesAsEver() {
        open(Debug.POISON);
        long freed = allocateOne();
        long object = allocateOne();
        cache.freeAddress(freed);
        LiveObjectsException thrown = assertThrows(LiveObjectsException.class, cache::close);
        assertEquals(1, thrown.liveObjects());
        assertEquals(object, thrown.sampleAddresses()[0]);
        assertEquals(1, thrown.sampleAddresses().length);
        assertEquals(List.of(), thrown.allocTraces());
        cache.freeAddress(object);
    }

    @Test
    void closingByForceEndsTheQuarantine() {
        open(USUAL);
        freeMany(allocateMany(5));
        allocateMany(5);
        cache.closeNow();
        assertEquals(0, cache.stats().cachedObjects());
        assertEquals(0, cache.stats().liveObjects());
        assertThrows(IllegalStateException.class, cache::allocate);
        assertThrows(IllegalStateException.class, () -> cache.freeAddress(64));
    }

    @Test
    void aTracedCacheLogsEachAllocationAndFree() {
        open(Debug.TRACE);
        long object = cache.allocateAddress();
        cache.freeAddress(object);
        List<String> lines = log.records().stream().map(LogRecord::getMessage).toList();
        assertEquals(2, lines.size());
        assertSays(
                lines.get(0), "cache 'victim'", "allocated 0x" + Long.toHexString(object), "object 0 of", "by Thread");
        assertSays(lines.get(1), "freed 0x" + Long.toHexString(object));
    }

    @Test
    void aLogThatThrowsLosesNoObject() {
        open(Debug.TRACE);
        Handler broken = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                throw new IllegalStateException("planted");
            }

            @Override
            public void flush() {
                // No buffer to flush.
            }

            @Override
            public void close() {
                // No resource to close.
            }
        };
        Logger logger = Logger.getLogger("io.slabcache");
        logger.addHandler(broken);
        try {
            cache.freeAddress(cache.allocateAddress());
        } finally {
            logger.removeHandler(broken);
        }
        assertEquals(1, cache.stats().frees());
    }
}
