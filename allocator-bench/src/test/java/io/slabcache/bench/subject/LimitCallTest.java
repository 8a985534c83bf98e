package io.slabcache.bench.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The limits with a call make it in every burst that holds one object more than the stack, and in no smaller one. */
class LimitCallTest {
    private static final int OBJECTS = 100;

    private static void burst(AddressStack stack, int count) {
        Set<Long> held = new HashSet<>();
        for (int i = 0; i < count; i++) {
            held.add(stack.pop());
        }
        assertEquals(count, held.size());
        held.forEach(stack::push);
    }

    @Test
    void aBurstBeyondTheStackCallsForEmptyAndForFull() {
        AddressStack stack = new AddressStack(OBJECTS, 64);
        for (int bursts = 1; bursts <= 10; bursts++) {
            burst(stack, OBJECTS + 1);
            assertEquals(2L * bursts, stack.calls());
        }
    }

    @Test
    void aBurstWithinTheStackCallsNothing() {
        AddressStack stack = new AddressStack(OBJECTS, 64);
        burst(stack, OBJECTS);
        assertEquals(0, stack.calls());
    }

    @Test
    void soDoesTheStackOfSegments() {
        SegmentStack stack = new SegmentStack(OBJECTS, 64);
        MemorySegment[] held = new MemorySegment[OBJECTS + 1];
        for (int i = 0; i <= OBJECTS; i++) {
            held[i] = stack.pop();
        }
        assertEquals(1, stack.calls());
        for (MemorySegment segment : held) {
            stack.push(segment);
        }
        assertEquals(2, stack.calls());
    }

    @Test
    void eachBatchOfTheSubjectMakesBothCalls() {
        LimitCall subject = new LimitCall();
        subject.objectSize = 64;
        subject.setUp();
        for (int batches = 1; batches <= 10; batches++) {
            subject.batch64();
            assertEquals(2L * batches, subject.calls());
        }
        subject.tearDown();
    }
}
