package io.slabcache.bench.subject;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.SlabCache;
import io.slabcache.bench.workload.AllocationBenchmark;
import io.slabcache.diagnostics.InvalidFreeException;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The subjects of two measuring threads use one allocator; its checks detect two. */
class SharingTest {

    @Test
    void addressesComeFromOneCache() {
        assertDoesNotThrow(() -> exchange(open(new SlabcacheAddress()), open(new SlabcacheAddress())));
    }

    @Test
    void segmentsComeFromOneCache() {
        assertDoesNotThrow(() -> exchange(open(new SlabcacheSegment()), open(new SlabcacheSegment())));
        assertDoesNotThrow(() -> exchange(open(new SlabcacheLocked()), open(new SlabcacheLocked())));
    }

    /** Known bad: each thread would measure a cache of its own. */
    @Test
    void twoCachesInPlaceOfOneAreDetected() {
        try (SlabCache first = SlabCache.builder("first", 256).build();
                SlabCache second = SlabCache.builder("second", 256).build()) {
            assertThrows(
                    InvalidFreeException.class,
                    () -> exchange(
                            new Opened<>(first::allocate, first::free, first::close),
                            new Opened<>(second::allocate, second::free, second::close)));
            first.closeNow();
        }
    }

    /** Each frees the other's object; the second also after the first has left. */
    private static <T> void exchange(Opened<T> first, Opened<T> second) {
        second.give.accept(first.take.get());
        first.give.accept(second.take.get());
        first.leave.run();
        second.give.accept(second.take.get());
        second.leave.run();
    }

    private static Opened<Long> open(SlabcacheAddress subject) {
        setUp(subject);
        return new Opened<>(subject::take, subject::give, subject::tearDown);
    }

    private static Opened<MemorySegment> open(SlabcacheSegment subject) {
        setUp(subject);
        return new Opened<>(subject::take, subject::give, subject::tearDown);
    }

    private static void setUp(AllocationBenchmark subject) {
        subject.objectSize = 256;
        subject.setUp();
    }

    /** One measuring thread's view. */
    private record Opened<T>(Supplier<T> take, Consumer<T> give, Runnable leave) {}
}
