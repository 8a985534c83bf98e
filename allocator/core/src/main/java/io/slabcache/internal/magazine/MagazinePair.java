package io.slabcache.internal.magazine;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The loaded and the previous magazine of one owner. Objects are popped from and pushed to the loaded one; when that is
 * exhausted the two change places, so that an owner does at least one magazine's worth of work between two visits to the
 * depot (Bonwick and Adams 2001).
 *
 * <p>Only the owner writes, and in plain mode: opaque stores kept the compiler from folding an allocation with the free
 * that follows it and doubled the cost of a pair. Statistics read {@code size} and {@code frees} from other threads;
 * they may be late by what the compiler keeps in registers, until the owner leaves its loop.
 */
abstract class MagazinePair extends SpareObject {
    private static final VarHandle QUEUE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "queue", VarHandle.class, MagazinePair.class, long[].class);

    /** Swaps after which the owner asks again how large its magazines may be. */
    static final int MOST_SWAPS = 15;

    /** Published by another thread in the place of a queue: see {@link Revocation}. */
    private static final long[] REVOKED = {};

    /** The number of the thread that owns this, or -1. Never used again by another thread, and nearer than the thread. */
    final long ownerId;

    /** Invariant: {@code queue == loaded.queue}, one load nearer, until the close and unless it was revoked. */
    long[] queue;

    /** The size of the loaded magazine, while {@code loaded.size} is stale. */
    int size;

    /** Of a stripe: 1 while a thread uses it. Compare-and-set to take it, release to return it; a field store does, too. */
    volatile int held;

    /** The magazine in use. Volatile for {@link #inMagazines} only; no fast path reads it. */
    volatile Magazine loaded;

    /** The other one: full, empty or, after a flush or a prefill, in between; none while one is given away. As above. */
    volatile Magazine previous;

    /** Whether the last swap was made for a pop. */
    private boolean poppedLast;

    /** Swaps since the owner last did more on its slow path. */
    int swaps;

    MagazinePair(long ownerId) {
        this.ownerId = ownerId;
        revokeQueue();
        isWhollyRevoked();
    }

    /**
     * Takes the most recently freed object.
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
     * Keeps a freed object.
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
        frees++;
        return true;
    }

    /**
     * Takes the most recently freed objects out of the loaded magazine.
     *
     * @param into gets their addresses
     * @param at place of the first
     * @param count at most so many
     * @return how many
     */
    public final int pop(long[] into, int at, int count) {
        long[] queue = this.queue;
        int top = size;
        int popped = Math.min(count, top);
        // More than there are places: a close is wiping this.
        if (popped <= 0 || top > queue.length) {
            return 0;
        }
        size = top - popped;
        System.arraycopy(queue, top - popped, into, at, popped);
        return popped;
    }

    /**
     * Keeps freed objects in the loaded magazine.
     *
     * @param from has their addresses
     * @param at place of the first
     * @param count at most so many
     * @return how many
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
        frees += pushed;
        return pushed;
    }

    /**
     * Puts back what {@link #pop} just gave; not a free.
     *
     * @param address what was popped
     */
    public final void unpop(long address) {
        // Not the queue, which may have been revoked since the pop.
        long[] queue = loaded.queue;
        int place = size;
        if (Integer.compareUnsigned(place, queue.length) < 0) {
            queue[place] = address;
            size = place + 1;
        }
    }

    /** {@link #pop} by the owner on the slow path, also if the queue was just revoked. */
    final long popLoaded() {
        // Read once: a close may wipe this in between.
        long[] queue = loaded.queue;
        int top = size - 1;
        if (Integer.compareUnsigned(top, queue.length) >= 0) {
            return 0;
        }
        size = top;
        return queue[top];
    }

    /** Makes the loaded magazine hold something, if the previous one does; returns whether it does now. */
    final boolean swapToPop() {
        if (size == 0 && previous.size > 0) {
            swap(0);
            poppedLast = true;
        }
        return size > 0;
    }

    /**
     * Makes room in the loaded magazine, if there is any in the previous one; returns whether there is some now. An owner whose
     * objects fill one magazine and a bit would swap twice in each burst: after a swap for a pop, the hotter half moves.
     */
    final boolean swapToPush() {
        Magazine next = previous;
        int room = next.queue.length - next.size;
        if (size == capacity() && room > 0) {
            swap(poppedLast ? Math.min(room / 2, size) : 0);
            poppedLast = false;
        }
        return size < capacity();
    }

    /** Whether the owner has to do more than swap, after so many swaps or because another thread sent it. */
    final boolean isVisitDue() {
        return swaps >= MOST_SWAPS || isRevoked();
    }

    /**
     * Lets the magazines change places, and takes some of the hottest objects along. No object is counted twice meanwhile:
     * {@link #inMagazines}. No calls after the copy, so that no stack overflow can hit between two of its steps.
     */
    private void swap(int takenAlong) {
        Magazine next = previous;
        Magazine old = loaded;
        int kept = size - takenAlong;
        System.arraycopy(old.queue, kept, next.queue, next.size, takenAlong);
        swaps++;
        old.size = kept;
        previous = old;
        size = next.size + takenAlong;
        queue = next.queue;
        loaded = next;
    }

    /** Takes the empty loaded magazine out and puts another in its place. */
    final Magazine replaceLoaded(Magazine other) {
        Magazine old = unload();
        load(other);
        return old;
    }

    /** Loads an empty magazine; the loaded one becomes the previous, which is taken out. */
    final Magazine shift(Magazine other) {
        Magazine old = previous;
        previous = unload();
        load(other);
        return old;
    }

    /**
     * Objects in both magazines: exact for the owner, recent for others. None is counted twice. In an exchange the owner writes
     * the previous magazine, then the size, then the loaded one; here they are read the other way round, and all is read again if
     * one magazine is met in both places or the loaded one changed meanwhile.
     */
    final int inMagazines() {
        while (true) {
            Magazine first = loaded;
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

    /** Brings the loaded magazine's own size up to date and returns it; it stays loaded. */
    final Magazine unload() {
        // Never more than there are places: a close may have wiped this in between.
        loaded.size = Math.min(size, loaded.queue.length);
        return loaded;
    }

    /** Puts a magazine in the place of the loaded one. */
    final void load(Magazine magazine) {
        size = magazine.size;
        queue = magazine.queue;
        loaded = magazine;
    }

    /** Sends the owner to the slow path, as soon as it reads the queue again. Any thread. */
    final void revokeQueue() {
        QUEUE.setVolatile(this, REVOKED);
    }

    /** {@link #revokeQueue}, and of the spare object as well. */
    final void revoke() {
        revokeQueue();
        revokeSpare();
    }

    /** Whether the owner has to {@linkplain Revocation#restore restore} this before it goes on. */
    final boolean isRevoked() {
        return queue == REVOKED || isSpareRevoked();
    }

    /** Whether nothing of this can be used without that. */
    final boolean isWhollyRevoked() {
        return (long[]) QUEUE.getVolatile(this) == REVOKED && spareAddress() == 0;
    }

    /** By the owner, behind the lock of the {@link Revocation}. */
    final void restore() {
        if (queue == REVOKED) {
            queue = loaded.queue;
        }
        restoreSpare();
    }

    /** Takes the loaded magazine out, by a thread that revoked this. */
    final Magazine takeLoaded() {
        Magazine taken = unload();
        loaded = Magazine.NONE;
        size = 0;
        return taken;
    }

    /** Takes the previous magazine out, by the owner or by a thread that revoked this. */
    final Magazine takePrevious() {
        Magazine taken = previous;
        previous = Magazine.NONE;
        return taken;
    }

    /** Objects in each magazine; 0 if this was given none. */
    final int capacity() {
        return loaded.queue.length;
    }
}
