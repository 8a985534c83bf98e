package io.slabcache.internal.util;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Users of a structure: they take the objects that it hands out, and detect an object with two holders. */
public final class Holders {
    private final long base;
    private final int stride;
    private final AtomicIntegerArray holders;
    private final ConcurrentLinkedQueue<Long> held = new ConcurrentLinkedQueue<>();

    /** Makes holders of adjacent objects. */
    public Holders(long base, int stride, int objects) {
        this.base = base;
        this.stride = stride;
        this.holders = new AtomicIntegerArray(objects);
    }

    /** Records an object that was handed out. It joins a queue; {@link #give} takes from its head. */
    public void take(long address) {
        mark(address);
        held.add(address);
    }

    /** Returns the object that was held longest, and ends its holding; 0 if there is none. */
    public long give() {
        Long address = held.poll();
        if (address == null) {
            return 0;
        }
        unmark(address);
        return address;
    }

    /** Records that an object has a holder. */
    public void mark(long address) {
        if (holders.getAndSet(number(address), 1) != 0) {
            throw new AssertionError("handed out twice: object " + number(address));
        }
    }

    /** Records that an object has no holder. */
    public void unmark(long address) {
        if (holders.getAndSet(number(address), 0) != 1) {
            throw new AssertionError("given back twice: object " + number(address));
        }
    }

    private int number(long address) {
        return (int) (address - base) / stride;
    }

    /**
     * Fails unless each object is in exactly one place.
     *
     * @param cached visits the objects in magazines
     * @param free number of other free objects in the structure
     */
    public void assertEachInOnePlace(Consumer<LongConsumer> cached, long free) {
        Holders all = new Holders(base, stride, holders.length());
        held.forEach(all::mark);
        cached.accept(all::mark);
        assertEquals(holders.length() - free, all.count(), "objects held or cached");
    }

    private int count() {
        int count = 0;
        for (int i = 0; i < holders.length(); i++) {
            count += holders.get(i);
        }
        return count;
    }
}
