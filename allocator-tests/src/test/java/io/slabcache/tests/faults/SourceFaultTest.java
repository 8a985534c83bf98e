package io.slabcache.tests.faults;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.OtherThread;
import io.slabcache.tests.support.ScriptedSource;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory sources and regions that break their contract. The numbers are those of {@link Fault}. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.faults.Case#all")
class SourceFaultTest extends GrowthContract {
    @Test
    void fault21_noMoreMemory() {
        OutOfMemoryError failure = new OutOfMemoryError("no more");
        source.next((bytes, alignment) -> {
            throw failure;
        });
        assertSame(failure, growth());
        allocateAll();
    }

    @Test
    void fault27_memoryThatIsNotWhatWasAskedFor() {
        MemorySource arena = MemorySource.arena();
        assertRefused("bytes", (bytes, alignment) -> slice(arena, bytes, alignment, 0, bytes - 1));
        assertRefused("bytes", (bytes, alignment) -> slice(arena, bytes + 4, alignment, 4, bytes));
        assertRefused("overlaps", (bytes, alignment) -> new ScriptedSource.Region(firstRegion));
        assertRefused("null", (bytes, alignment) -> null);
        assertRefused(
                "a read-only segment",
                (bytes, alignment) -> new ScriptedSource.Region(
                        arena.allocate(bytes, alignment).segment().asReadOnly()));
        allocateAll();
    }

    private static ScriptedSource.Region slice(
            MemorySource whole, long bytes, long alignment, long offset, long length) {
        return new ScriptedSource.Region(
                whole.allocate(bytes, alignment).segment().asSlice(offset, length));
    }

    private void assertRefused(String says, MemorySource bad) {
        source.next(bad);
        Throwable refused = growth();
        assertEquals(IllegalStateException.class, refused.getClass());
        assertSays(refused.getMessage(), says);
    }

    @Test
    void fault30_aSourceThatAsksAndShrinksCaches() {
        try (SlabCache other = one.mode().builder("other", SIZE).build()) {
            other.free(one.allocate(other));
            source.next((bytes, alignment) -> {
                for (SlabCache shrunk : List.of(cache, other)) {
                    shrunk.flush();
                    shrunk.shrink();
                    assertEquals(
                            shrunk == cache ? bystanders.size() : 0,
                            shrunk.stats().liveObjects());
                }
                return MemorySource.arena().allocate(bytes, alignment);
            });
            allocateAll();
        }
    }

    @Test
    void fault30_aSourceThatNeedsItselfOrClosesItsCache() {
        source.next((bytes, alignment) -> {
            while (true) {
                bystanders.add(one.allocate(cache));
            }
        });
        Throwable refused = growth();
        assertEquals(IllegalStateException.class, refused.getClass());
        assertSays(refused.getMessage(), "the memory source of this cache called the cache", "needs a new slab");
        source.next((bytes, alignment) -> {
            cache.closeNow();
            return null;
        });
        refused = growth();
        assertSays(refused.getMessage(), "the memory source of this cache called the cache", "closes it");
        allocateAll();
    }

    @Test
    void fault31_aGrowthThatTakesLongStopsNoOther() throws InterruptedException {
        CountDownLatch growing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (SlabCache slow = one.mode()
                .builder("slow", SIZE)
                .memory((bytes, alignment) -> {
                    if (growing.getCount() > 0) {
                        growing.countDown();
                        OtherThread.await(mayEnd);
                    }
                    return MemorySource.arena().allocate(bytes, alignment);
                })
                .build()) {
            Thread grower = Thread.ofPlatform().start(() -> slow.free(one.allocate(slow)));
            OtherThread.await(growing);
            try {
                one.free(slow, one.allocate(slow));
            } finally {
                mayEnd.countDown();
                grower.join();
            }
        }
    }

    @Test
    void fault33_aRegionOfALiveSlabStaysOpen() {
        disguise = region -> {
            region.close();
            return new ScriptedSource.Region(firstRegion, () -> {
                throw new AssertionError("closed");
            });
        };
        assertSays(growth().getMessage(), "overlaps");
        disguise = region -> region;
        allocateAll();
    }

    @Test
    void fault33_aRegionWhoseSegmentThrows() {
        RuntimeException failure = new UnsupportedOperationException("no segment");
        disguise = region -> new MemoryRegion() {
            @Override
            public MemorySegment segment() {
                throw failure;
            }

            @Override
            public void close() {
                region.close();
            }
        };
        assertSame(failure, growth());
        assertEquals(1, source.closed());
        disguise = region -> region;
        allocateAll();
    }

    /** The cache keeps the first answer, also for the handles and when it gives the memory back. */
    @Test
    void fault33_aRegionWhoseSegmentChanges() {
        disguise = region -> new MemoryRegion() {
            private boolean asked;

            @Override
            public MemorySegment segment() {
                MemorySegment answer = asked ? firstRegion : region.segment();
                asked = true;
                return answer;
            }

            @Override
            public void close() {
                region.close();
            }
        };
        allocateAll();
        long[] distinct =
                bystanders.stream().mapToLong(MemorySegment::address).distinct().toArray();
        assertEquals(BOUND, distinct.length);
    }
}
