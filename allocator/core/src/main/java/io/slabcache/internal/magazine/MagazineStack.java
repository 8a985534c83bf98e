package io.slabcache.internal.magazine;

import java.util.function.LongConsumer;

/** A stack of magazines, linked by {@link Magazine#below}, with counts. Guarded by its owner. */
final class MagazineStack {
    private Magazine top;
    private int count;
    private long objects;
    private long places;

    /** The top magazine, which stays; or null. */
    Magazine top() {
        return top;
    }

    /** Slots of the top magazine, or -1. */
    int topCapacity() {
        return top == null ? -1 : top.queue.length;
    }

    int count() {
        return count;
    }

    /** Objects in all magazines; the magazines may differ in size. */
    long objects() {
        return objects;
    }

    /** Slots of all magazines. */
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

    /** Removes the top magazine; null if there is none. */
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

    /** Moves objects of the top magazine, which stays, into an empty one. */
    void pourInto(Magazine given) {
        given.pour(top);
        objects -= given.size;
    }

    /** Free slots of the top magazine; 0 if there is none. */
    int room() {
        return top == null ? 0 : top.queue.length - top.size;
    }

    /** Moves all objects of a magazine to the top one, which has room for them. */
    void pourFrom(Magazine given) {
        System.arraycopy(given.queue, 0, top.queue, top.size, given.size);
        top.size += given.size;
        objects += given.size;
        given.size = 0;
    }

    /** Takes one object, or returns 0 if there is none. */
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

    /** Calls the action with the address of each object. */
    void forEach(LongConsumer action) {
        for (Magazine magazine = top; magazine != null; magazine = magazine.below) {
            magazine.forEach(action);
        }
    }

    void clear() {
        top = null;
        count = 0;
        objects = 0;
        places = 0;
    }
}
