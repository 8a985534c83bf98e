package io.slabcache.tests.guard;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bulk calls that include guarded objects are all or nothing, like others. */
class MixedBulkTest extends GuardContract {
    private static final int COUNT = 2 * SLOTS;

    /** The two forms of a bulk free. */
    enum Form {
        ADDRESSES {
            @Override
            void free(SlabCache cache, long[] addresses) {
                cache.freeBulk(addresses, 0, addresses.length);
            }
        },
        SEGMENTS {
            @Override
            void free(SlabCache cache, long[] addresses) {
                MemorySegment[] objects =
                        Arrays.stream(addresses).mapToObj(cache::segment).toArray(MemorySegment[]::new);
                cache.freeBulk(objects, 0, objects.length);
            }
        };

        abstract void free(SlabCache cache, long[] addresses);
    }

    private final long[] addresses = new long[COUNT];

    /** Allocates with guarded objects at random places; the order does not matter to the checks. */
    @BeforeEach
    void allocate() {
        open();
        assertTrue(cache.allocateBulk(addresses, 0, COUNT));
        assertEquals(2, cache.stats().slabs());
        List<Long> shuffled = new ArrayList<>(Arrays.stream(addresses).boxed().toList());
        Collections.shuffle(shuffled, new Random(1));
        Arrays.setAll(addresses, shuffled::get);
    }

    @ParameterizedTest
    @EnumSource
    void guardedAndOrdinaryObjectsAreFreedTogether(Form form) {
        form.free(cache, addresses);
        Healthy.checkNothingLive(cache);
        assertEquals(COUNT, cache.stats().frees());
    }

    @ParameterizedTest
    @EnumSource
    void anObjectThatOccursTwiceRefusesTheWholeCall(Form form) {
        for (int first : new int[] {0, 1, 2, 3, 4, 5}) {
            long[] twice = addresses.clone();
            twice[COUNT - 1] = twice[first];
            InvalidFreeException thrown = assertThrows(InvalidFreeException.class, () -> form.free(cache, twice));
            assertEquals(InvalidFreeException.Kind.DOUBLE_FREE, thrown.kind());
            assertSays(thrown.getMessage(), "entry " + (COUNT - 1) + " of a bulk free that freed nothing");
            assertEquals(COUNT, cache.stats().liveObjects());
            Healthy.check(cache);
        }
        form.free(cache, addresses);
    }

    @Test
    void aBadEntryRefusesTheWholeCall() {
        for (int place : new int[] {0, 1, 2, 3, COUNT / 2, COUNT - 1}) {
            long[] bad = addresses.clone();
            bad[place] += 8;
            InvalidFreeException thrown = assertThrows(InvalidFreeException.class, () -> cache.freeBulk(bad, 0, COUNT));
            assertEquals(InvalidFreeException.Kind.INTERIOR, thrown.kind());
            assertSays(thrown.getMessage(), "entry " + place + " of");
            assertEquals(COUNT, cache.stats().liveObjects());
        }
        cache.freeBulk(addresses, 0, COUNT);
    }

    @Test
    void aBadSegmentRefusesTheWholeCall() {
        for (int place : new int[] {0, 1, 2, 3, COUNT / 2, COUNT - 1}) {
            MemorySegment[] objects =
                    Arrays.stream(addresses).mapToObj(cache::segment).toArray(MemorySegment[]::new);
            objects[place] = objects[place].asSlice(0, 8);
            InvalidFreeException thrown =
                    assertThrows(InvalidFreeException.class, () -> cache.freeBulk(objects, 0, COUNT));
            assertEquals(InvalidFreeException.Kind.WRONG_SIZE, thrown.kind());
            assertSays(thrown.getMessage(), "entry " + place + " of");
            objects[place] = null;
            thrown = assertThrows(InvalidFreeException.class, () -> cache.freeBulk(objects, 0, COUNT));
            assertEquals(InvalidFreeException.Kind.NULL, thrown.kind());
            assertEquals(COUNT, cache.stats().liveObjects());
        }
        cache.freeBulk(addresses, 0, COUNT);
    }

    @ParameterizedTest
    @EnumSource
    void damageIsThrownAfterAllWereFreed(Form form) {
        int damaged = 0;
        for (long address : addresses) {
            memory.spoil(address + SIZE);
            damaged++;
        }
        assertEquals(COUNT, damaged);
        CorruptedObjectException thrown =
                assertThrows(CorruptedObjectException.class, () -> form.free(cache, addresses));
        assertEquals(SLOTS - 1, thrown.getSuppressed().length);
        assertEquals(SLOTS, reports.size());
        assertEquals(COUNT, cache.stats().frees());
        Healthy.checkNothingLive(cache);
    }

    @Test
    void anAllocationThatFailsGivesGuardedObjectsBack() {
        cache.freeBulk(addresses, 0, COUNT);
        try (SlabCache bounded = builder().guardedSampling(1).maxObjects(COUNT).build()) {
            long first = bounded.allocateAddress();
            assertEquals(false, bounded.allocateBulk(new long[COUNT], 0, COUNT));
            assertEquals(1, bounded.stats().liveObjects());
            Healthy.check(bounded);
            bounded.freeAddress(first);
            long[] all = new long[COUNT];
            assertTrue(bounded.allocateBulk(all, 0, COUNT));
            assertEquals(0, bounded.tryAllocateAddress());
            bounded.freeBulk(all, 0, COUNT);
        }
    }
}
