package io.slabcache.bench.subject;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.ObjectBounded;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.LiveObjectsException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pools with a bound lend as many objects as a burst has, to one thread and to two, and get them back. */
@Timeout(60)
class BoundedTest {

    private static final int BURST = 32;

    @Test
    void everyPoolLendsABurstOfDistinctObjects() {
        for (ObjectBounded<?> pool : List.of(
                new BoundedSegment(),
                new BoundedAgronaQueue(),
                new BoundedJctoolsQueue(),
                new BoundedStormpot(),
                new BoundedLimitSegment())) {
            setUp(pool);
            for (int i = 0; i < 200; i++) {
                Set<Object> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
                distinct.addAll(Arrays.asList(pool.bounded1()));
                assertEquals(BURST, distinct.size(), pool::toString);
            }
            assertDoesNotThrow(pool::tearDown);
        }
    }

    @Test
    void twoThreadsShareOnePool() {
        Set<Object> ofOne = new HashSet<>();
        Set<Object> ofAnother = new HashSet<>();
        BoundedAgronaQueue one = new BoundedAgronaQueue();
        BoundedAgronaQueue another = new BoundedAgronaQueue();
        setUp(one);
        setUp(another);
        for (int i = 0; i < 4_096 / BURST; i++) {
            one.bounded1(); // or each would get every second burst of the queue
            ofOne.addAll(Arrays.asList(one.bounded1()));
            ofAnother.addAll(Arrays.asList(another.bounded1()));
        }
        assertTrue(ofOne.removeAll(ofAnother), "objects that both had");
        one.tearDown();
        another.tearDown();
    }

    /** Known bad: would seem fast. */
    @Test
    void anObjectThatIsNotGivenBackIsDetected() {
        class Keeping extends SlabcacheSegment {
            @Override
            SlabCacheBuilder builder() {
                return super.builder().maxObjects(4_096);
            }

            @Override
            protected void give(MemorySegment object) {}
        }
        class Bounded extends ObjectBounded<MemorySegment> {
            Bounded() {
                super(new Keeping());
            }
        }
        Bounded pool = new Bounded();
        pool.objectSize = 64;
        Throwable thrown = assertThrows(IllegalStateException.class, pool::setUp);
        assertInstanceOf(CacheExhaustedException.class, thrown.getCause());
        assertThrows(LiveObjectsException.class, pool::tearDown);
    }

    @Test
    void theLimitMakesBothCallsInEachBurst() {
        BoundedLimit limit = new BoundedLimit();
        limit.objectSize = 64;
        limit.setUp();
        long before = limit.calls();
        for (int bursts = 1; bursts <= 10; bursts++) {
            limit.bounded1();
            assertEquals(before + 2L * bursts, limit.calls());
        }
        limit.tearDown();
    }

    private static void setUp(ObjectBounded<?> pool) {
        pool.objectSize = 64;
        pool.setUp();
    }
}
