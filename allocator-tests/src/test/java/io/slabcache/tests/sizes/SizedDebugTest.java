package io.slabcache.tests.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabAllocator;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.Collector;
import io.slabcache.tests.support.LogCapture;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A debugged allocator knows the size that its user asked for, and finds writes beyond it. */
class SizedDebugTest {
    /** One byte more than the object, as a faulty program would write it. */
    @SuppressWarnings("restricted") // the byte belongs to the allocator's memory
    private static MemorySegment beyond(MemorySegment object) {
        return MemorySegment.ofAddress(object.address()).reinterpret(object.byteSize() + 1);
    }

    /** 100 and 101 bytes have a class of 112, 112 bytes fill theirs, 100,000 are a large object. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, 101, 112, 4_000, 100_000})
    void aByteBehindTheSizeIsARedzone(long size) {
        try (SlabAllocator allocator = Kind.DEBUGGED.builder("debugged").build()) {
            MemorySegment object = allocator.allocate(size);
            beyond(object).set(ValueLayout.JAVA_BYTE, size, (byte) 1);
            CorruptedObjectException found = assertThrows(CorruptedObjectException.class, () -> allocator.free(object));
            assertEquals(CorruptedObjectException.Kind.REDZONE, found.kind());
            assertEquals(size, found.offset());
            assertEquals(object.address(), found.object());
            assertEquals(0, allocator.stats().liveObjects());
            assertEquals(1, allocator.stats().misuses());
        }
    }

    /** Known bad: without redzones nothing is found. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"CHECKED", "UNCHECKED"})
    void withoutDebuggingNothingIsFound(Kind kind) {
        try (SlabAllocator allocator = kind.builder("plain").build()) {
            MemorySegment object = allocator.allocate(100);
            beyond(object).set(ValueLayout.JAVA_BYTE, 100, (byte) 1);
            allocator.free(object);
            assertEquals(0, allocator.stats().misuses());
        }
    }

    @Test
    void theExactSizeIsAsked() {
        try (SlabAllocator allocator = Kind.DEBUGGED.builder("exact").build()) {
            MemorySegment object = allocator.allocate(100);
            assertEquals(100, allocator.sizeOf(object.address()));
            InvalidFreeException refused =
                    assertThrows(InvalidFreeException.class, () -> allocator.free(object.asSlice(0, 99)));
            assertEquals(InvalidFreeException.Kind.WRONG_SIZE, refused.kind());
            assertTrue(refused.getMessage().contains("100 bytes"), refused::getMessage);
            MemorySegment shorter = allocator.reallocate(object, 99);
            assertEquals(99, allocator.sizeOf(shorter.address()));
            allocator.free(shorter);
        }
    }

    @Test
    void aRefusedCloseNamesTheAllocation() {
        SlabAllocator allocator = Kind.DEBUGGED.builder("tracked").build();
        MemorySegment small = allocator.allocate(100);
        MemorySegment large = allocator.allocate(100_000);
        LiveObjectsException refused = assertThrows(LiveObjectsException.class, allocator::close);
        assertEquals(2, refused.liveObjects());
        assertEquals(2, refused.allocTraces().size());
        assertEquals(
                "aRefusedCloseNamesTheAllocation",
                refused.allocTraces().getFirst().stack().getFirst().getMethodName());
        allocator.free(small);
        allocator.free(large);
        allocator.close();
    }

    @Test
    void aLeakOfASegmentIsFound() {
        System.setProperty("slabcache.leaks", "paranoid");
        List<MisuseReport> reports = new CopyOnWriteArrayList<>();
        try (LogCapture log = new LogCapture()) {
            SlabAllocator allocator =
                    SlabAllocator.builder("leaky").onReport(reports::add).build();
            MemorySegment kept = allocator.allocate(100);
            allocator.allocate(101).fill((byte) 1);
            Collector.collectUntil(() -> {
                allocator.shrink();
                return allocator.stats().leaks() >= 1;
            });
            assertEquals(1, allocator.stats().leaks());
            assertEquals(MisuseReport.Kind.LEAK, reports.getFirst().kind());
            allocator.free(kept);
            allocator.closeNow();
            assertTrue(log.records().size() > 0);
        } finally {
            System.clearProperty("slabcache.leaks");
        }
    }
}
