package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.internal.util.Addresses;
import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.Threads;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Threads that take and flush objects at random neither lose nor duplicate one. The check must catch a list without a
 * lock.
 */
@Timeout(30)
class SlabListConservationTest {
    private static final SlabGeometry GEOMETRY = Slabs.geometry(64);

    /** The calls of a list that the check needs. */
    private interface Store {
        int take(long[] addresses, int offset, int count);

        void flush(long[] addresses, int offset, int count);
    }

    /** Each thread takes and flushes. At the end, threads and list together hold each object once. */
    private static void check(Store store, LongStream all, int threads, int rounds) throws Exception {
        Addresses found = new Addresses();
        Threads.together(threads, number -> {
            Random random = new Random(number);
            long[] mine = new long[500];
            int held = store.take(mine, 0, 1);
            for (int round = 0; round < rounds; round++) {
                held += store.take(mine, held, random.nextInt(mine.length - held + 1));
                int back = random.nextInt(held + 1);
                held -= back;
                store.flush(mine, held, back);
            }
            found.addAll(mine, held);
        });
        long[] rest = new long[100];
        for (int got; (got = store.take(rest, 0, rest.length)) > 0; ) {
            found.addAll(rest, got);
        }
        found.assertHoldsEachOnce(all);
    }

    @Test
    void threadsThatTakeAndFlushConserveEveryObject() throws Exception {
        SlabIndex index = new SlabIndex(GEOMETRY.granuleShift());
        SlabList list = new SlabList(index, new CountedLock());
        for (int i = 1; i <= 15; i++) {
            list.add(Slabs.at(i * 0x10000L, GEOMETRY, i * 11));
        }
        Store store = new Store() {
            @Override
            public int take(long[] addresses, int offset, int count) {
                return list.take(addresses, offset, count);
            }

            @Override
            public void flush(long[] addresses, int offset, int count) {
                list.flush(addresses, offset, count);
            }
        };
        check(store, list.slabs().stream().flatMapToLong(Slabs::addresses), 4, 3000);
        list.validate();
        assertEquals(0, list.counts().freeObjects());
        assertEquals(0, list.counts().duplicates());
    }

    @Test
    void theCheckFindsAListWithoutALock() {
        UnlockedList bad = new UnlockedList();
        assertThrows(AssertionError.class, () -> check(bad, bad.all(), 2, 0));
    }

    /** A free map without a lock: both threads read it before either writes it. */
    private static final class UnlockedList implements Store {
        private final Slab slab = Slabs.at(0x10000, GEOMETRY, 10);
        private final BitSet taken = new BitSet();
        private final CyclicBarrier bothHaveRead = new CyclicBarrier(2);
        private final CyclicBarrier bothHaveWritten = new CyclicBarrier(2);
        private boolean raced;

        LongStream all() {
            return Slabs.addresses(slab);
        }

        @Override
        public int take(long[] addresses, int offset, int count) {
            int got = 0;
            while (got < count) {
                int free = taken.nextClearBit(0);
                if (free == slab.objects()) {
                    break;
                }
                if (!raced) {
                    Threads.meet(bothHaveRead);
                    synchronized (this) {
                        taken.set(free);
                    }
                    Threads.meet(bothHaveWritten);
                    raced = true;
                } else {
                    taken.set(free);
                }
                addresses[offset + got++] = slab.address(free);
            }
            return got;
        }

        @Override
        public void flush(long[] addresses, int offset, int count) {
            for (int i = offset; i < offset + count; i++) {
                taken.clear(slab.indexOf(addresses[i]));
            }
        }
    }
}
