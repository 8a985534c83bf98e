package io.slabcache.internal.magazine;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The loaded and the previous magazine of one owner. Pops and pushes use the loaded one. When it is exhausted the two
 * are swapped: at least a magazine's worth of work lies between two visits to the depot (Bonwick and Adams 2001).
 *
 * <p>Only the owner writes, in plain mode: opaque stores kept the compiler from folding an allocation with the free
 * that follows it, and doubled the cost of a pair. Other threads read {@code size} and {@code pushes} for statistics;
 * the values may lag until the owner leaves its loop, because the compiler keeps them in registers.
 */
abstract class MagazinePair extends SpareObject {
    private static final VarHandle QUEUE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "queue", VarHandle.class, MagazinePair.class, long[].class);

    /** The owner checks the size of its magazines again after this many swaps. */
    static final int MOST_SWAPS = 15;

    /** Published by another thread in place of a queue: see {@link Revocation}. */
    private static final long[] REVOKED = {};

    /** The owner's thread id, or -1. Ids are not reused, and comparing them saves a load over comparing threads. */
    final long ownerId;

    /** Invariant: {@code queue == loaded.queue}, until a close or revocation. This copy saves a dependent load. */
    long[] queue;

    /** The size of the loaded magazine; {@code loaded.size} is stale meanwhile. */
    int size;

    /** For a stripe: 1 while in use. Taken by compare-and-set, returned by a release or volatile store. */
    volatile int held;

    /** The magazine in use. No fast path reads it. Written last in an exchange: see {@link #inMagazines}. */
    Magazine loaded;

    /** The other one: full, empty, or in between after a flush or prefill; none during an exchange. Written first. */
    Magazine previous;

    /** Whether the last swap was made for a pop. */
    private boolean poppedLast;

    /** Swaps since the owner's last longer visit of the slow path. */
    int swaps;

    MagazinePair(long ownerId) {
        this.ownerId = ownerId;
        revokeQueue();
        isWhollyRevoked();
    }

    /**
     * Pops the most recently freed object.
     *
     * @return its address; 0 if the loaded magazine is empty, or a close has wiped it
     */
    public final long pop() {
        long[] queue = this.queue;
        int top = size - 1;
        if (Integer.compareUnsigned(top, queue.length) >= 0) {
            return 0;
        }
        size = top;
        return queue[top];
    }

    /**
     * Pushes a freed object.
     *
     * @param address of the object
     * @return false, and nothing changed, if the loaded magazine is full
     */
    public final boolean push(long address) {
        long[] queue = this.queue;
        int place = size;
        if (Integer.compareUnsigned(place, queue.length) >= 0) {
            return false;
        }
        queue[place] = address;
        size = place + 1;
        pushes++;
        return true;
    }

    /**
     * Pops the most recently freed objects of the loaded magazine.
     *
     * @param into gets their addresses
     * @param at index of the first
     * @param count at most this many
     * @return the number of objects
     */
    public final int pop(long[] into, int at, int count) {
        long[] queue = this.queue;
        int top = size;
        int popped = Math.min(count, top);
        // A size beyond the queue: a close is wiping this.
        if (popped <= 0 || top > queue.length) {
            return 0;
        }
        size = top - popped;
        System.arraycopy(queue, top - popped, into, at, popped);
        return popped;
    }

    /**
     * Pushes freed objects to the loaded magazine.
     *
     * @param from has their addresses
     * @param at index of the first
     * @param count at most this many
     * @return the number of objects that fit
     */
    public final int push(long[] from, int at, int count) {
        long[] queue = this.queue;
        int place = size;
        int pushed = Math.min(count, queue.length - place);
        if (pushed <= 0) {
            return 0;
        }
        System.arraycopy(from, at, queue, place, pushed);
        size = place + pushed;
        pushes += pushed;
        return pushed;
    }

    /**
     * Undoes a {@link #pop}; does not count as a free.
     *
     * @param address what was popped
     */
    public final void unpop(long address) {
        // Not through the field queue, which may have been revoked since the pop.
        long[] queue = loaded.queue;
        int place = size;
        if (Integer.compareUnsigned(place, queue.length) < 0) {
            queue[place] = address;
            size = place + 1;
        }
    }

    /** Like {@link #pop}, for the owner on the slow path; works also if the queue was just revoked. */
    final long popLoaded() {
        long[] queue = loaded.queue; // read once, because a close may wipe this concurrently
        int top = size - 1;
        if (Integer.compareUnsigned(top, queue.length) >= 0) {
            return 0;
        }
        size = top;
        return queue[top];
    }

    /** Swaps if only the previous magazine has objects; returns whether the loaded one has objects now. */
    final boolean swapToPop() {
        Magazine next = previous;
        if (size == 0 && next.size > 0) {
            swap(loaded, next, 0, 0);
            poppedLast = true;
        }
        return size > 0;
    }

    /**
     * Swaps if only the previous magazine has room; returns whether the loaded one has room now. After a swap for a
     * pop, hot objects move along: bursts above one magazine swap once. Reads each field once, because of a wipe.
     */
    final boolean swapToPush() {
        Magazine next = previous;
        Magazine old = loaded;
        int held = size;
        int room = next.queue.length - next.size;
        if (held == old.queue.length && room > 0) {
            swap(old, next, held, poppedLast ? Math.min(room / 2, held) : 0);
            poppedLast = false;
        }
        return size < capacity();
    }

    /** Whether a swap is not enough: after too many swaps, or because another thread sent the owner here. */
    final boolean isVisitDue() {
        return swaps >= MOST_SWAPS || isRevoked();
    }

    /**
     * Swaps the magazines and moves some of the hottest objects along; {@link #inMagazines} counts none twice. Until this
     * is compiled a fence is a call: the first one overflows the stack where the others would, and leave one magazine twice.
     */
    private void swap(Magazine old, Magazine next, int held, int takenAlong) {
        VarHandle.storeStoreFence();
        int kept = held - takenAlong;
        System.arraycopy(old.queue, kept, next.queue, next.size, takenAlong);
        swaps++;
        old.size = kept;
        previous = old;
        VarHandle.storeStoreFence();
        size = next.size + takenAlong;
        queue = next.queue;
        VarHandle.storeStoreFence();
        loaded = next;
    }

    /** Replaces the empty loaded magazine and returns it. */
    final Magazine replaceLoaded(Magazine other) {
        Magazine old = unload();
        load(other);
        return old;
    }

    /** Loads an empty magazine. The loaded one becomes the previous one, which is returned. */
    final Magazine shift(Magazine other) {
        Magazine old = previous;
        previous = unload();
        VarHandle.storeStoreFence();
        load(other);
        return old;
    }

    /**
     * Counts the objects of both magazines, none twice: exact for the owner, recent for other threads. In an exchange
     * the owner writes the previous magazine, then the size, then the loaded one, with fences in between. This reads in
     * reverse order, and again if it meets one magazine in both places or the loaded one has changed.
     */
    final int inMagazines() {
        while (true) {
            Magazine first = loaded;
            VarHandle.loadLoadFence();
            int counted = size;
            VarHandle.loadLoadFence();
            Magazine second = previous;
            counted += second.size;
            VarHandle.loadLoadFence();
            if (first == loaded && (first != second || first == Magazine.NONE)) {
                return counted;
            }
        }
    }

    /** Stores the size in the loaded magazine and returns it; it stays loaded. */
    final Magazine unload() {
        // At most its capacity, because a close may have wiped this concurrently.
        loaded.size = Math.min(size, loaded.queue.length);
        return loaded;
    }

    /** Replaces the loaded magazine. */
    final void load(Magazine magazine) {
        size = magazine.size;
        queue = magazine.queue;
        VarHandle.storeStoreFence();
        loaded = magazine;
    }

    /** Sends the owner to the slow path when it next reads the queue. For any thread. */
    final void revokeQueue() {
        QUEUE.setVolatile(this, REVOKED);
    }

    /** Whether the owner has to {@linkplain Revocation#restore restore} this first. */
    final boolean isRevoked() {
        return queue == REVOKED || isSpareRevoked();
    }

    /** Whether queue and spare object are both revoked. */
    final boolean isWhollyRevoked() {
        return (long[]) QUEUE.getVolatile(this) == REVOKED && spareAddress() == 0;
    }

    /** For the owner, under the lock of the {@link Revocation}. */
    final void restore() {
        if (queue == REVOKED) {
            queue = loaded.queue;
        }
        restoreSpare();
    }

    /** Takes the loaded magazine; for a thread that has revoked this. */
    final Magazine takeLoaded() {
        Magazine taken = unload();
        loaded = Magazine.NONE;
        size = 0;
        return taken;
    }

    /** Takes the previous one; for the owner, or a thread that has revoked this. The first fence is as in a swap. */
    final Magazine takePrevious() {
        VarHandle.storeStoreFence();
        Magazine taken = previous;
        previous = Magazine.NONE;
        VarHandle.storeStoreFence(); // before the depot shows it
        return taken;
    }

    /** Objects per magazine; 0 if this was given none. */
    final int capacity() {
        return loaded.queue.length;
    }
}
