package io.slabcache.tests.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A table through which threads exchange objects. */
final class ExchangeTable {
    private static final int PLACES = 64;

    private final AtomicReferenceArray<Held> places = new AtomicReferenceArray<>(PLACES);

    /**
     * Puts an object or null at a random place and returns the object that was there, which now belongs to the caller,
     * or null.
     */
    Held exchange(SplittableRandom random, Held given) {
        return places.getAndSet(random.nextInt(PLACES), given);
    }

    /** Returns the objects in the table; call it while no thread works. */
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
