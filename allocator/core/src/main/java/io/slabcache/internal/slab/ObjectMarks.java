package io.slabcache.internal.slab;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a slab knows of each object: a byte that says whether it is live and how it was handed out.
 *
 * <p>It belongs to the owner of the object: plain access, ordered by whatever passed the object from thread to thread.
 * A byte and not a bit, because threads that own neighbours would need atomic updates of the word they share.
 *
 * <p>Only {@link #LIVE}, and what a search for leaks writes in its place, is positive: the fast paths of free ask for
 * that, and so leave everything out of the ordinary to the slow ones at no cost.
 *
 * <p>The write that ends a lease is a release. With it goes what the owner of the lease wrote to the object, to the thread
 * that finds no lease any more and gives the memory away.
 */
abstract class ObjectMarks extends ObjectPlaces {
    /** Handed out; whoever has it may free it. */
    public static final byte LIVE = 1;

    /** Handed out under its generation; whoever has it may free it. */
    public static final byte NUMBERED = -1;

    /** Handed out on a lease, which alone may free it. */
    public static final byte LEASED = -2;

    /** Free, and {@link #NUMBERED} before: for a bulk free that turns out to be refused. */
    static final byte WAS_NUMBERED = -3;

    private static final VarHandle BYTE = MethodHandles.arrayElementVarHandle(byte[].class);

    static {
        // The first use takes heap, of which there may be none when a lease ends.
        endLease(new byte[1], 0);
    }

    /** A byte at each place. */
    private final byte[] live;

    ObjectMarks(long base, long inverse, int twos, int objects) {
        super(base, inverse, twos, objects);
        this.live = new byte[places()];
    }

    /** {@return the live bytes of all objects, for a caller that keeps the place of one} */
    public final byte[] liveBytes() {
        return live;
    }

    /**
     * Records that an object in the caller's hands is being handed out.
     *
     * @param address of the object
     */
    public final void markLive(long address) {
        live[place(address)] = LIVE;
    }

    /**
     * Records that an object is being given back.
     *
     * @param address of an object of this slab
     * @return false, and nothing changed, if it is not {@link #LIVE}. Wrong only when two threads free one object at the
     *     same moment: both may be told true
     */
    public final boolean markFree(long address) {
        byte[] live = this.live;
        int place = place(address);
        if (live[place] <= 0) {
            return false;
        }
        live[place] = 0;
        return true;
    }

    /**
     * Records that objects in the caller's hands are being handed out, up to the first that is not of this slab.
     *
     * @param addresses of objects
     * @param from place of the first
     * @param end place behind the last
     * @return place of the first that is left
     */
    public final int markLive(long[] addresses, int from, int end) {
        int i = from;
        while (i < end && hasObjectAt(addresses[i])) {
            markLive(addresses[i++]);
        }
        return i;
    }

    /**
     * Records that objects are being given back, up to the first that is not a live one of this slab.
     *
     * @param addresses anything
     * @param from place of the first
     * @param end place behind the last
     * @return place of the first that is left
     */
    public final int markFree(long[] addresses, int from, int end) {
        int i = from;
        while (i < end && hasObjectAt(addresses[i]) && markFree(addresses[i])) {
            i++;
        }
        return i;
    }

    /**
     * {@return whether an object was handed out last, in whatever way, and not marked free}
     *
     * @param address of an object of this slab
     */
    public final boolean isLive(long address) {
        byte mark = live[place(address)];
        return mark != 0 && mark != WAS_NUMBERED;
    }

    /**
     * Records that an object in the caller's hands goes out on a lease. To be checked against the end of the slab after
     * this, not before: see {@link #isAnyLeased}.
     *
     * @param address of the object
     */
    public final void markLeased(long address) {
        live[place(address)] = LEASED;
    }

    /**
     * Records that the lease of an object is over.
     *
     * @param address of the object
     * @return false, and nothing changed, if it is not on a lease
     */
    public final boolean markReturned(long address) {
        int place = place(address);
        if (live[place] != LEASED) {
            return false;
        }
        endLease(live, place);
        return true;
    }

    /**
     * Writes that the lease of an object is over, after all that its owner wrote to the object: a close that finds no lease
     * gives the memory away. The confined arena of the lease orders nothing for other threads.
     *
     * @param live the live bytes of a slab
     * @param place of the object
     */
    public static void endLease(byte[] live, int place) {
        BYTE.setRelease(live, place, (byte) 0);
    }

    /**
     * {@return whether an object is on a lease}
     *
     * @param address of an object of this slab
     */
    public final boolean isLeased(long address) {
        return live[place(address)] == LEASED;
    }

    /** Nothing is live any more, except what is on a lease: no other thread can end that. */
    final void clearMarks() {
        for (int place = HIDDEN + 1; place < live.length; place++) {
            if (live[place] != LEASED) {
                live[place] = 0;
            }
        }
    }

    /**
     * Whether a lease keeps the memory of this slab, also once it is retired: only its owner can end it.
     *
     * <p>A new lease marks its object first and looks whether the slab is in use then. Whoever retires slabs that may have
     * live objects hides them first, lets every thread pass a handshake, and asks here then: one sees the other.
     */
    public final boolean isAnyLeased() {
        for (byte mark : live) {
            if (mark == LEASED) {
                return true;
            }
        }
        // With the release of each end of a lease: what its owner wrote comes before the memory is given away.
        VarHandle.acquireFence();
        return false;
    }
}
