package io.slabcache.bench.sizes;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.LiveObjectsException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every subject keeps as many objects live as the workload says, of the sizes that the distribution says. */
@Timeout(60)
class MixedSizesTest {

    private static final int LIVE = 128;
    private static final int CALLS = 20;

    @Test
    void asManyAddressesAreLiveAsBefore() {
        for (MixedAddresses subject : List.of(
                new MixedLimit(),
                new MixedSlabcache(),
                new MixedSlabcacheUnchecked(),
                new MixedMalloc(),
                new MixedJemalloc(),
                new MixedMimalloc(),
                new MixedRpmalloc())) {
            subject.sizes = SizeDistribution.ALLOC_TEST;
            subject.fill(LIVE);
            for (int i = 0; i < CALLS; i++) {
                assertEquals(LIVE, Arrays.stream(subject.sizes128()).distinct().count(), subject::toString);
            }
            assertDoesNotThrow(subject::drain);
        }
    }

    @Test
    void asManyObjectsAreLiveAsBefore() {
        for (MixedObjects<?> subject : List.of(
                new MixedSegments(),
                new MixedSlabcacheNetty(),
                new MixedNettyAdaptive(),
                new MixedNettyPooled(),
                new MixedArenaConfined(),
                new MixedArenaAuto(),
                new MixedDirectBuffers())) {
            subject.sizes = SizeDistribution.ALLOC_TEST;
            subject.fill(LIVE);
            for (int i = 0; i < CALLS; i++) {
                Set<Object> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
                distinct.addAll(Arrays.asList(subject.sizes128()));
                assertEquals(LIVE, distinct.size(), subject::toString);
            }
            assertDoesNotThrow(subject::drain);
        }
    }

    /** Known bad: would seem fast. */
    @Test
    void anObjectThatIsNotFreedIsDetected() {
        MixedSlabcache subject = new MixedSlabcache() {
            private int frees;

            @Override
            protected void give(long address) {
                if (++frees != 500) {
                    super.give(address);
                }
            }
        };
        subject.sizes = SizeDistribution.ALLOC_TEST;
        subject.fill(LIVE);
        subject.sizes128();
        assertThrows(LiveObjectsException.class, subject::drain);
    }

    @Test
    void theLimitHasTheClassesOfTheAllocator() {
        MixedLimit limit = new MixedLimit();
        limit.open();
        long[] classes = IntStream.rangeClosed(1, 4_096)
                .mapToLong(size -> limit.take(size) >>> 32)
                .toArray();
        assertEquals(31, Arrays.stream(classes).distinct().count());
        for (int size : new int[] {16, 24, 64, 80, 112, 128, 160, 1_024, 1_280, 3_584}) {
            assertEquals(classes[size - 1] + 1, classes[size], "after " + size);
        }
        assertEquals(0, classes[0]);
        assertEquals(classes[64], classes[79]);
    }

    @Test
    void theSizesAreThoseOfAllocTest() {
        assertEquals(0.5, share(size -> size <= 8), 0.02);
        assertEquals(0.25, share(size -> size > 8 && size <= 16), 0.02);
        assertEquals(0, share(size -> size < 5 || size > 1_024));
        assertTrue(share(size -> size > 512) > 0);
    }

    private static double share(IntPredicate which) {
        SplittableRandom random = new SplittableRandom(1);
        int draws = 10_000;
        return (double) IntStream.range(0, draws)
                        .map(i -> SizeDistribution.ALLOC_TEST.draw(random))
                        .filter(which)
                        .count()
                / draws;
    }
}
