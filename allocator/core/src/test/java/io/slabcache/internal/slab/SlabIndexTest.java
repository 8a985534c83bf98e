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
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SlabIndexTest {
    /** Slabs of 64 KiB, granules of 16 KiB. */
    private static final SlabGeometry GEOMETRY = new SlabGeometry(64, 64, 65_536, Long.MAX_VALUE);

    private static final long HIGHEST = 1L << 47;
    private final Random random = new Random(4711);
    private final List<Slab> slabs = new ArrayList<>();
    private SlabIndex index;

    @BeforeEach
    void makeAnIndex() {
        index = new SlabIndex(GEOMETRY.granuleShift());
    }

    /** The places of regions that a source may choose. */
    enum Layout {
        ADJACENT(1024, 64 << 10),
        WITH_GAPS(1024, 80 << 10),
        SEVERAL_IN_A_GRANULE(1, 64),
        SEVERAL_IN_A_GRANULE_WITH_GAPS(3, 1024),
        SAME_PLACE_IN_ANY_TABLE(1024, 1L << 38),
        SCATTERED(1024, 0);

        final int objects;
        final long distance;

        Layout(int objects, long distance) {
            this.objects = objects;
            this.distance = distance;
        }

        Slab slab(int number, Random random) {
            long address = 0x10_0040 + number * distance;
            if (distance == 0) {
                // A random slot of 1 MiB and a random line in it: scattered, without overlap.
                address = (number + 1 + (random.nextLong(HIGHEST >>> 32) << 12) << 20) + random.nextInt(1024) * 64L;
            }
            return Slabs.at(address, GEOMETRY, objects);
        }
    }

    private void add(Slab slab) {
        slabs.add(slab);
        index.add(slab);
    }

    private void remove(List<Slab> gone) {
        gone.forEach(index::remove);
        index.tidy();
        slabs.removeAll(gone);
    }

    private static List<Slab> byAddress(List<Slab> slabs) {
        return slabs.stream().sorted(Slab.BY_ADDRESS).toList();
    }

    private Slab expected(long address) {
        return slabs.stream().filter(slab -> slab.contains(address)).findFirst().orElse(null);
    }

    private void assertFinds(long address) {
        Slab expected = expected(address);
        assertSame(expected, index.find(address), Long.toHexString(address));
        assertSame(expected, index.findHidden(address), Long.toHexString(address));
    }

    private void assertFindsEverySlabAndNothingElse() {
        for (Slab slab : slabs) {
            for (long address : new long[] {
                slab.base(),
                slab.base() + slab.length() - 1,
                slab.base() + random.nextLong(slab.length()),
                slab.base() - 1,
                slab.base() + slab.length()
            }) {
                assertFinds(address);
            }
        }
        for (long wild : new long[] {0, 1, -1, 64, Long.MIN_VALUE, Long.MAX_VALUE, HIGHEST, -HIGHEST}) {
            assertFinds(wild);
        }
        for (int i = 0; i < 100; i++) {
            assertFinds(random.nextLong());
            assertFinds(random.nextLong(HIGHEST));
            assertFinds(-random.nextLong(HIGHEST));
        }
    }

    @Test
    void anEmptyIndexFindsNothing() {
        assertFindsEverySlabAndNothingElse();
        assertEquals(Set.of(), index.slabs());
    }

    @ParameterizedTest
    @EnumSource
    void everySlabIsFoundByAnyOfItsAddresses(Layout layout) {
        for (int i = 0; i < 300; i++) {
            Slab slab = layout.slab(i, random);
            add(slab);
            assertFinds(slab.base());
            assertFinds(slab.base() + slab.length() - 1);
            assertFinds(slab.base() + slab.length());
        }
        assertFindsEverySlabAndNothingElse();
        assertEquals(byAddress(slabs), List.copyOf(index.slabs()));
    }

    @ParameterizedTest
    @EnumSource
    void removedSlabsAreNotFoundAndTheOthersAre(Layout layout) {
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
    void slabsComeAndGoOneByOne(Layout layout) {
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

    @ParameterizedTest
    @EnumSource
    void whateverOverlapsASlabIsFound(Layout layout) {
        for (int i = 0; i < 100; i++) {
            add(layout.slab(i, random));
        }
        for (int i = 0; i < 2000; i++) {
            Slab near = slabs.get(random.nextInt(slabs.size()));
            long address = near.base() + (random.nextInt(4096) - 2048) * 64L;
            Slab other = Slabs.at(address, GEOMETRY, 1 + random.nextInt(10) * random.nextInt(300));
            Slab found = index.overlapping(other);
            assertEquals(slabs.stream().anyMatch(slab -> overlap(slab, other)), found != null);
            assertTrue(found == null || overlap(found, other));
        }
    }

    private static boolean overlap(Slab one, Slab other) {
        return one.base() < other.base() + other.length() && other.base() < one.base() + one.length();
    }

    @Test
    void theGapBeforeTheFirstObjectOverlapsToo() {
        SlabGeometry withGap = new SlabGeometry(64, 64, 65_536, Long.MAX_VALUE, 64);
        Slab low = Slabs.at(0x10_0000, withGap, 3);
        index.add(low);
        assertEquals(low, index.overlapping(Slabs.at(0x10_0000 + low.length(), withGap, 3)));
        assertNull(index.overlapping(Slabs.at(0x10_0040 + low.length(), withGap, 3)));
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

    @ParameterizedTest
    @EnumSource
    void theTableStaysInProportionToTheSlabs(Layout layout) {
        long granules = 0;
        for (int i = 0; i < 300; i++) {
            Slab slab = layout.slab(i, random);
            add(slab);
            granules += (slab.length() >>> GEOMETRY.granuleShift()) + 1;
            assertTrue(index.heapBytes() <= 32 * 4 * Math.max(granules, 1), index.heapBytes() + " for " + granules);
        }
    }

    /** The entries of adjacent slabs form one run. To walk the whole run at each look-up would take minutes. */
    @Test
    void anAddressOfNoSlabIsLookedUpInAFewSteps() {
        for (int i = 0; i < 5_000; i++) {
            add(Layout.ADJACENT.slab(i, random));
        }
        // In a table of any size, this belongs where the run begins.
        long elsewhere = slabs.getFirst().base() | 1L << 46;
        for (long look = 0; look < 3_000_000; look++) {
            if (index.find(elsewhere + (look & 63)) != null) {
                throw new AssertionError("found " + elsewhere);
            }
        }
    }

    @Test
    void theTableShrinksWithTheSlabs() {
        for (int i = 0; i < 300; i++) {
            add(Layout.ADJACENT.slab(i, random));
        }
        long large = index.heapBytes();
        remove(List.copyOf(slabs.subList(1, 300)));
        assertTrue(index.heapBytes() < large / 4, index.heapBytes() + " of " + large);
    }

    @Test
    void aSealedIndexFindsNothingExceptForTheHolderOfTheLock() {
        for (int i = 0; i < 20; i++) {
            add(Layout.ADJACENT.slab(i, random));
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
        add(Layout.ADJACENT.slab(0, random));
        add(Layout.ADJACENT.slab(1, random));
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

    @ParameterizedTest
    @EnumSource
    void objectsOfManySlabsAreMarkedLiveAndFreeUpToTheFirstThatIsNotLive(Layout layout) {
        long[] addresses = new long[100];
        for (int i = 0; i < addresses.length; i++) {
            add(layout.slab(i, random));
            addresses[i] = middle(i);
        }
        int marked = index.markLive(addresses, 0, addresses.length);
        assertTrue(layout != Layout.ADJACENT || marked == addresses.length, layout + ": " + marked);
        for (int i = 0; i < addresses.length; i++) {
            assertEquals(i < marked, slabs.get(i).isLive(addresses[i]), layout + " " + i);
            slabs.get(i).markLive(addresses[i]);
        }
        slabs.get(50).markFree(addresses[50]);
        int end = index.markFree(addresses, 10, addresses.length);
        assertTrue(layout == Layout.ADJACENT ? end == 50 : end >= 10 && end <= 50, layout + ": " + end);
        for (int i = 0; i < addresses.length; i++) {
            boolean freed = i >= 10 && i < end || i == 50;
            assertEquals(!freed, slabs.get(i).isLive(addresses[i]), layout + " " + i);
        }
    }

    /** Returns an object whose granule belongs to one slab only, if there is one. */
    private long middle(int slab) {
        return slabs.get(slab).address(slabs.get(slab).objects() / 2);
    }

    @Test
    void whatIsNoObjectEndsARunOfObjectsOfManySlabs() {
        add(Layout.ADJACENT.slab(0, random));
        add(Layout.ADJACENT.slab(1, random));
        long first = middle(0);
        long second = middle(1);
        for (long bad : new long[] {0, -1, first, first + 8, second + (64 << 10)}) {
            slabs.get(0).markLive(first);
            slabs.get(1).markLive(second);
            assertEquals(2, index.markFree(new long[] {first, second, bad}, 0, 3), Long.toHexString(bad));
            assertFalse(slabs.get(0).isLive(first) || slabs.get(1).isLive(second));
        }
        index.seal(true);
        assertEquals(0, index.markLive(new long[] {first, second}, 0, 2));
        assertFalse(slabs.get(0).isLive(first) || slabs.get(1).isLive(second));
        slabs.get(0).markLive(first);
        slabs.get(1).markLive(second);
        assertEquals(0, index.markFree(new long[] {first, second}, 0, 2));
        assertTrue(slabs.get(0).isLive(first) && slabs.get(1).isLive(second));
    }

    @Test
    void aReaderFindsWhatWasAddedBeforeItGotTheAddress() throws Exception {
        List<Slab> made = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            made.add(Layout.values()[i % 2 == 0 ? 0 : 4].slab(i, random));
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
