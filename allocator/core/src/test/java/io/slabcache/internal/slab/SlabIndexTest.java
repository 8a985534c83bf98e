package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Threads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every address in a slab leads to that slab, and no other address does, for all places that a memory source may
 * choose. A sealed index hides its slabs, and a reader finds what was added before.
 */
@Timeout(30)
class SlabIndexTest extends IndexUser {
    @Test
    void anEmptyIndexFindsNothing() {
        assertFindsEverySlabAndNothingElse();
        assertEquals(Set.of(), index.slabs());
    }

    @ParameterizedTest
    @EnumSource
    void everySlabIsFoundByAnyOfItsAddresses(SlabLayout layout) {
        for (int i = 0; i < 300; i++) {
            Slab slab = layout.slab(i, random);
            add(slab);
            assertFinds(slab.base());
            assertFinds(slab.end() - 1);
            assertFinds(slab.end());
        }
        assertFindsEverySlabAndNothingElse();
        assertEquals(byAddress(slabs), List.copyOf(index.slabs()));
    }

    @ParameterizedTest
    @EnumSource
    void removedSlabsAreNotFoundAndTheOthersAre(SlabLayout layout) {
        for (int i = 0; i < 200; i++) {
            add(layout.slab(i, random));
        }
        while (!slabs.isEmpty()) {
            List<Slab> gone = new ArrayList<>(slabs);
            gone.removeIf(slab -> slabs.size() > 5 && random.nextBoolean());
            remove(gone);
            assertFindsEverySlabAndNothingElse();
            gone.forEach(slab -> assertNull(index.find(slab.base())));
        }
        add(layout.slab(7, random));
        assertFindsEverySlabAndNothingElse();
    }

    @ParameterizedTest
    @EnumSource
    void slabsComeAndGoOneByOne(SlabLayout layout) {
        Map<Integer, Slab> here = new HashMap<>();
        for (int step = 0; step < 2000; step++) {
            int number = random.nextInt(60);
            Slab gone = here.remove(number);
            if (gone != null) {
                remove(List.of(gone));
                continue;
            }
            Slab slab = layout.slab(number, random);
            if (index.overlapping(slab) == null) {
                add(slab);
                here.put(number, slab);
            }
            if (step % 100 == 0) {
                assertFindsEverySlabAndNothingElse();
            }
        }
        assertFindsEverySlabAndNothingElse();
    }

    @Test
    void slabsOfAllSizesLiveSideBySide() {
        long address = 0x40_0000;
        for (int i = 0; i < 200; i++) {
            int objects = 1 + random.nextInt(i % 10 == 0 ? 65_536 : 500);
            add(Slabs.at(address, GEOMETRY, objects));
            address += objects * 64L + random.nextInt(3) * 64L;
        }
        assertFindsEverySlabAndNothingElse();
    }

    @Test
    void theHighestAddressesArePossible() {
        add(Slabs.at(HIGHEST - 65_536, GEOMETRY, 1024));
        add(Slabs.at(Long.MAX_VALUE - 65_535, GEOMETRY, 1024));
        assertFindsEverySlabAndNothingElse();
    }

    @Test
    void aSealedIndexFindsNothingExceptForTheHolderOfTheLock() {
        for (int i = 0; i < 20; i++) {
            add(SlabLayout.ADJACENT.slab(i, random));
        }
        index.seal(true);
        for (Slab slab : slabs) {
            assertNull(index.find(slab.base()));
            assertFalse(slab.contains(slab.base()));
            assertSame(slab, index.findHidden(slab.base()));
        }
        assertNull(index.find(0));
        assertNull(index.find(-1));
        index.seal(false);
        assertFindsEverySlabAndNothingElse();
    }

    @Test
    void aRemovedSlabThatIsStillReferencedContainsNothing() {
        add(SlabLayout.ADJACENT.slab(0, random));
        add(SlabLayout.ADJACENT.slab(1, random));
        Slab gone = slabs.get(0);
        remove(List.of(gone));
        assertFalse(gone.contains(gone.base()));
        assertTrue(slabs.get(0).contains(slabs.get(0).base()));
        index.seal(true);
        index.seal(false);
        assertFalse(gone.contains(gone.base()));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 14, 20, 28})
    void theGranuleMayBeOfAnySize(int granuleShift) {
        index = new SlabIndex(granuleShift);
        for (int i = 0; i < 50; i++) {
            add(Slabs.at(0x1000_0000L + i * 0x10_0000L, GEOMETRY, 1 + random.nextInt(200)));
        }
        assertFindsEverySlabAndNothingElse();
    }

    @Test
    void aReaderFindsWhatWasAddedBeforeItGotTheAddress() throws Exception {
        List<Slab> made = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            made.add(SlabLayout.values()[i % 2 == 0 ? 0 : 4].slab(i, random));
        }
        Progress progress = new Progress();
        Threads.together(3, number -> {
            if (number == 0) {
                for (Slab slab : made) {
                    index.add(slab);
                    progress.added++;
                }
                return;
            }
            for (int seen = 0; seen < made.size(); ) {
                seen = progress.added;
                for (int i = Math.max(0, seen - 20); i < seen; i++) {
                    assertSame(made.get(i), index.find(made.get(i).base() + 65_535));
                }
            }
        });
        assertEquals(byAddress(made), List.copyOf(index.slabs()));
    }

    private static final class Progress {
        volatile int added;
    }
}
