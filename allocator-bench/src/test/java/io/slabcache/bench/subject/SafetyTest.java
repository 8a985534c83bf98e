package io.slabcache.bench.subject;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.slabcache.bench.workload.AllocationBenchmark;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.InvalidFreeException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each safer form finds the faults that it should find, and the plain forms do not. */
class SafetyTest {

    private static final int SIZE = 256;
    private static final int MORE_THAN_QUARANTINE = 1_000;
    private static final int BUFFERS = 10_000;

    private final List<AllocationBenchmark> opened = new ArrayList<>();

    @AfterEach
    void tearDown() {
        opened.forEach(AllocationBenchmark::tearDown);
    }

    @Test
    void redzonesFindAWritePastTheEnd() {
        assertThrows(CorruptedObjectException.class, () -> writePastTheEnd(open(new SlabcacheDebugRedzones())));
    }

    @Test
    void poisonFindsAWriteAfterFree() {
        assertThrows(CorruptedObjectException.class, () -> writeAfterFree(open(new SlabcacheDebugPoison())));
    }

    @Test
    void trackingKnowsWhoFreed() {
        assertTrue(doubleFree(open(new SlabcacheDebugTracking())).contains("SafetyTest"));
    }

    @Test
    void allTogetherFindAll() {
        SlabcacheDebugged all = open(new SlabcacheDebugFzpu());
        assertThrows(CorruptedObjectException.class, () -> writePastTheEnd(all));
        assertThrows(CorruptedObjectException.class, () -> writeAfterFree(all));
        assertTrue(doubleFree(all).contains("SafetyTest"));
    }

    /** Known bad: the cache is debugged, but not in these modes. */
    @Test
    void sanityAloneFindsNoneOfThem() {
        SlabcacheDebugged sanity = open(new SlabcacheDebugSanity());
        assertDoesNotThrow(() -> writeAfterFree(sanity));
        assertFalse(doubleFree(sanity).contains("SafetyTest"));
    }

    @Test
    void standardChecksFindADoubleFree() {
        SlabcacheSegment checked = open(new SlabcacheSegment());
        MemorySegment object = checked.take();
        checked.give(object);
        assertThrows(InvalidFreeException.class, () -> checked.give(object));
    }

    @Test
    void withoutChecksTheObjectIsHandedOutTwice() {
        SlabcacheSegment unchecked = open(new SlabcacheSegmentUnchecked());
        MemorySegment object = unchecked.take();
        unchecked.give(object);
        assertDoesNotThrow(() -> unchecked.give(object));
        assertSame(unchecked.take(), unchecked.take());
        unchecked.give(object);
    }

    @Test
    void aGuardedObjectIsLookedAtWhenItIsFreed() {
        SlabcacheGuarded guarded = open(new SlabcacheGuarded() {
            @Override
            long oneIn() {
                return 1;
            }
        });
        long object = guarded.take();
        writePastTheEnd(MemorySegment.ofAddress(object));
        assertThrows(CorruptedObjectException.class, () -> guarded.give(object));
    }

    @Test
    void leakDetectionFollowsAsManyBuffersAsItsLevelSays() {
        assertEquals(0, followed(new NettyAdaptive()));
        assertEquals(BUFFERS, followed(new NettyLeaksParanoid()));
        for (NettyBuffers sampling : new NettyBuffers[] {new NettyLeaksSimple(), new NettyLeaksAdvanced()}) {
            int followed = followed(sampling);
            assertTrue(0 < followed && followed < BUFFERS / 10, () -> sampling + " followed " + followed);
        }
        assertEquals(0, followed(new NettyAdaptive()), "the level is that of the last one opened");
    }

    /** Returns how many buffers Netty tracks: it wraps those, which are one in 128 on average with sampling. */
    private int followed(NettyBuffers subject) {
        open(subject);
        int followed = 0;
        for (int i = 0; i < BUFFERS; i++) {
            ByteBuf buffer = subject.take();
            followed += buffer.getClass().getSimpleName().contains("LeakAware") ? 1 : 0;
            subject.give(buffer);
        }
        return followed;
    }

    private <S extends AllocationBenchmark> S open(S subject) {
        subject.objectSize = SIZE;
        subject.setUp();
        opened.add(subject);
        return subject;
    }

    private static String doubleFree(SlabcacheDebugged subject) {
        MemorySegment object = subject.take();
        subject.give(object);
        return assertThrows(InvalidFreeException.class, () -> subject.give(object))
                .getMessage();
    }

    private static void writePastTheEnd(SlabcacheDebugged subject) {
        MemorySegment object = subject.take();
        writePastTheEnd(object);
        subject.give(object);
    }

    @SuppressWarnings("restricted") // one byte further, into the gap behind it
    private static void writePastTheEnd(MemorySegment object) {
        object.reinterpret(SIZE + 1).set(ValueLayout.JAVA_BYTE, SIZE, (byte) 1);
    }

    private static void writeAfterFree(SlabcacheDebugged subject) {
        MemorySegment object = subject.take();
        subject.give(object);
        object.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
        for (int i = 0; i < MORE_THAN_QUARANTINE; i++) {
            subject.give(subject.take());
        }
    }
}
