package io.slabcache.tests.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Where threads leave objects for one another. */
final class ExchangeTable {
    private static final int PLACES = 64;

    private final AtomicReferenceArray<Held> places = new AtomicReferenceArray<>(PLACES);

    /** Leaves an object, or nothing, at some place and takes what was there: an object of the caller's now, or null. */
    Held exchange(SplittableRandom random, Held given) {
        return places.getAndSet(random.nextInt(PLACES), given);
    }

    /** While no thread works: what lies here. */
    List<Held> contents() {
        List<Held> contents = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            Held held = places.get(i);
            if (held != null) {
                contents.add(held);
            }
        }
        return contents;
    }

    void clear() {
        for (int i = 0; i < PLACES; i++) {
            places.set(i, null);
        }
    }
}
