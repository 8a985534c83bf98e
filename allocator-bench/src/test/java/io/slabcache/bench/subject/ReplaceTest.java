package io.slabcache.bench.subject;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.bench.workload.AddressReplace;
import io.slabcache.bench.workload.ObjectReplace;
import io.slabcache.diagnostics.LiveObjectsException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A live set keeps its size while its objects are replaced, bursts free what they take, and both write to the objects. */
class ReplaceTest {

    private static final int CALLS = 20;

    @Test
    void asManyAddressesAreLiveAsBefore() {
        for (AddressReplace subject :
                new AddressReplace[] {new SlabcacheAddress(), new SlabcacheLocalAddress(), new LimitOfBursts()}) {
            setUp(subject);
            for (int i = 0; i < CALLS; i++) {
                assertEquals(
                        10_000, Arrays.stream(subject.replace10k()).distinct().count());
            }
            assertDoesNotThrow(subject::tearDown);
        }
    }

    @Test
    void asManyObjectsAreLiveAsBefore() {
        isSameWork(new SlabcacheSegment());
        isSameWork(new LimitOfSegmentBursts());
        isSameWork(new ArenaConfined());
    }

    private static void isSameWork(ObjectReplace<?> subject) {
        setUp(subject);
        for (int i = 0; i < CALLS; i++) {
            Map<Object, Object> distinct = new IdentityHashMap<>();
            for (Object object : subject.replace10k()) {
                distinct.put(object, object);
            }
            assertEquals(10_000, distinct.size());
        }
        assertDoesNotThrow(subject::tearDown);
    }

    /** Known bad: would seem fast. */
    @Test
    void anObjectThatIsNotFreedIsDetected() {
        SlabcacheAddress subject = new SlabcacheAddress() {
            private int frees;

            @Override
            protected void give(long address) {
                if (++frees != 500) {
                    super.give(address);
                }
            }
        };
        setUp(subject);
        subject.replace10k();
        assertThrows(LiveObjectsException.class, subject::tearDown);
    }

    @Test
    void everyObjectOfABurstIsWritten() {
        SlabcacheSegment segments = new SlabcacheSegment();
        setUp(segments);
        Object[] burst = segments.burst32();
        for (int i = 0; i < 32; i++) {
            assertEquals(i, ((MemorySegment) burst[i]).get(ValueLayout.JAVA_LONG, 0));
        }
        segments.tearDown();
        SlabcacheAddress addresses = new SlabcacheAddress();
        setUp(addresses);
        assertEquals(1_000, Arrays.stream(addresses.burst1000()).distinct().count());
        addresses.tearDown();
    }

    @Test
    void theLimitMakesBothCallsInEachBurst() {
        LimitOfBursts addresses = new LimitOfBursts();
        setUp(addresses);
        LimitOfSegmentBursts segments = new LimitOfSegmentBursts();
        setUp(segments);
        addresses.burst1000();
        segments.burst1000();
        for (int bursts = 2; bursts <= 10; bursts++) {
            addresses.burst1000();
            segments.burst1000();
            assertEquals(2L * bursts, addresses.calls());
            assertEquals(2L * bursts, segments.calls());
        }
    }

    @Test
    void theLimitMakesBothCallsInEachThousandReplacements() {
        LimitOfBursts addresses = new LimitOfBursts();
        setUp(addresses);
        LimitOfSegmentBursts segments = new LimitOfSegmentBursts();
        setUp(segments);
        for (int calls = 1; calls <= 10; calls++) {
            addresses.replace10k();
            segments.replace10k();
            assertEquals(2L * calls, addresses.calls());
            assertEquals(2L * calls, segments.calls());
        }
    }

    private static void setUp(AddressReplace subject) {
        subject.objectSize = 64;
        subject.setUp();
    }

    private static void setUp(ObjectReplace<?> subject) {
        subject.objectSize = 64;
        subject.setUp();
    }
}
