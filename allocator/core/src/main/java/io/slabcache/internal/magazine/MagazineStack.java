package io.slabcache.internal.magazine;

/** Magazines one above the other, linked by {@link Magazine#below}, with their counts. Guarded by its owner. */
final class MagazineStack {
    private Magazine top;
    private int count;
    private long objects;
    private long places;

    /** The uppermost magazine, which stays; or null. */
    Magazine top() {
        return top;
    }

    /** Places in the uppermost magazine, or -1. */
    int topCapacity() {
        return top == null ? -1 : top.queue.length;
    }

    int count() {
        return count;
    }

    /** Objects in all magazines, which may differ in size. */
    long objects() {
        return objects;
    }

    /** Places in all magazines. */
    long places() {
        return places;
    }

    void push(Magazine magazine) {
        magazine.below = top;
        top = magazine;
        count++;
        objects += magazine.size;
        places += magazine.queue.length;
    }

    /** Takes the uppermost magazine off; null if there is none. */
    Magazine pop() {
        Magazine popped = top;
        if (popped != null) {
            top = popped.below;
            popped.below = null;
            count--;
            objects -= popped.size;
            places -= popped.queue.length;
        }
        return popped;
    }

    /** Moves objects of the uppermost magazine into an empty one, and drops the uppermost if that leaves it empty. */
    void pourInto(Magazine given) {
        given.pour(top);
        objects -= given.size;
        if (top.size == 0) {
            pop();
        }
    }

    /** Takes one object out, or 0 if there is none. */
    long takeOne() {
        if (top == null) {
            return 0;
        }
        long address = top.queue[--top.size];
        objects--;
        if (top.size == 0) {
            pop();
        }
        return address;
    }

    void clear() {
        top = null;
        count = 0;
        objects = 0;
        places = 0;
    }
}
