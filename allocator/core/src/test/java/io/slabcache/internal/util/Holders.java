package io.slabcache.internal.util;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The users of a structure: they take what it hands out, and notice when one object has two holders. */
public final class Holders {
    private final long base;
    private final int stride;
    private final AtomicIntegerArray holders;
    private final ConcurrentLinkedQueue<Long> held = new ConcurrentLinkedQueue<>();

    /** For objects that lie one behind the other. */
    public Holders(long base, int stride, int objects) {
        this.base = base;
        this.stride = stride;
        this.holders = new AtomicIntegerArray(objects);
    }

    /** Begins to hold an object that was handed out; whoever comes first gives it back. */
    public void take(long address) {
        mark(address);
        held.add(address);
    }

    /** Ends to hold the object that is held longest; 0 if there is none. */
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

    /** Records that an object has none. */
    public void unmark(long address) {
        if (holders.getAndSet(number(address), 0) != 1) {
            throw new AssertionError("given back twice: object " + number(address));
        }
    }

    private int number(long address) {
        return (int) (address - base) / stride;
    }

    /**
     * Fails unless each object is in one place.
     *
     * @param cached shows the objects that wait somewhere, in magazines
     * @param free how many others the structure has
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
