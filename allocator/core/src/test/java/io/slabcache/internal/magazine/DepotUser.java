package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

/** A depot for magazines of one size, and magazines for it. Objects are numbers from 1. */
abstract class DepotUser {
    static final int CAPACITY = 4;
    static final int MAX_FULL = 3;

    final Depot depot = Fixtures.depot(CAPACITY, MAX_FULL);
    final List<Magazine> full = Fixtures.fullMagazines(MAX_FULL + 1, CAPACITY);
    final Magazine empty = new Magazine(CAPACITY);

    final void assertCounts(int full, int empty, long gets, long puts) {
        long places = (full + empty) * (long) CAPACITY;
        long objects = full * (long) CAPACITY;
        assertEquals(new DepotCounts(full, empty, objects, places, gets, puts, 0, CAPACITY), depot.counts());
    }
}
