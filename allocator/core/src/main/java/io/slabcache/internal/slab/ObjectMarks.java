package io.slabcache.internal.slab;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The live byte of each object: whether it is live, and how it was handed out.
 *
 * <p>The byte belongs to the object's owner. Access is plain; the hand-over of the object between threads orders it. A
 * byte and not a bit, because owners of neighbouring bits would need atomic updates of a common word.
 *
 * <p>Only {@link #LIVE} and the marks of the search for leaks are positive. The fast paths of free test for a positive
 * value, and so leave everything else to the slow paths at no cost.
 *
 * <p>The end of a lease is a release store. It publishes the owner's writes to the object to the thread that finds no
 * lease left and returns the memory.
 */
abstract class ObjectMarks extends ObjectPlaces {
    /** Handed out; its holder may free it. */
    public static final byte LIVE = 1;

    /** Handed out under a generation; its holder may free it. */
    public static final byte NUMBERED = -1;

    /** Handed out on a lease; only the lease may free it. */
    public static final byte LEASED = -2;

    /** Free, and formerly {@link #NUMBERED}, for a bulk free that has to be undone. */
    static final byte WAS_NUMBERED = -3;

    private static final VarHandle BYTE = MethodHandles.arrayElementVarHandle(byte[].class);

    static {
        // The first use of a VarHandle allocates heap, and there may be none when a lease ends.
        endLease(new byte[1], 0);
    }

    /** One byte at each place. */
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
     * Marks an object, owned by the caller, live.
     *
     * @param address of the object
     */
    public final void markLive(long address) {
        live[place(address)] = LIVE;
    }

    /**
     * Marks an object free.
     *
     * @param address of an object of this slab
     * @return false, and nothing changed, if it is not {@link #LIVE}. If two threads free one object at the same
     *     moment, both may get true
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
     * Marks objects, owned by the caller, live, up to the first that is not in this slab.
     *
     * @param addresses of objects
     * @param from position of the first
     * @param end position behind the last
     * @return position of the first that is left
     */
    public final int markLive(long[] addresses, int from, int end) {
        int i = from;
        while (i < end && hasObjectAt(addresses[i])) {
            markLive(addresses[i++]);
        }
        return i;
    }

    /**
     * Marks objects free, up to the first that is not a live object of this slab.
     *
     * @param addresses anything
     * @param from position of the first
     * @param end position behind the last
     * @return position of the first that is left
     */
    public final int markFree(long[] addresses, int from, int end) {
        int i = from;
        while (i < end && hasObjectAt(addresses[i]) && markFree(addresses[i])) {
            i++;
        }
        return i;
    }

    /**
     * {@return whether an object is live, in whatever way it was handed out}
     *
     * @param address of an object of this slab
     */
    public final boolean isLive(long address) {
        byte mark = live[place(address)];
        return mark != 0 && mark != WAS_NUMBERED;
    }

    /**
     * Marks an object, owned by the caller, leased. The end of the slab has to be checked after this call, not before:
     * see {@link #isAnyLeased}.
     *
     * @param address of the object
     */
    public final void markLeased(long address) {
        live[place(address)] = LEASED;
    }

    /**
     * Marks the lease of an object ended.
     *
     * @param address of the object
     * @return false, and nothing changed, if it is not leased
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
     * Ends the lease of an object with a release store, after all of its owner's writes to the object: a close that
     * finds no lease returns the memory. The lease's confined arena orders nothing for other threads.
     *
     * @param live the live bytes of a slab
     * @param place of the object
     */
    public static void endLease(byte[] live, int place) {
        BYTE.setRelease(live, place, (byte) 0);
    }

    /**
     * {@return whether an object is leased}
     *
     * @param address of an object of this slab
     */
    public final boolean isLeased(long address) {
        return live[place(address)] == LEASED;
    }

    /** Clears all marks except those of leases, which only the leases end. */
    final void clearMarks() {
        for (int place = HIDDEN + 1; place < live.length; place++) {
            if (live[place] != LEASED) {
                live[place] = 0;
            }
        }
    }

    /**
     * Returns whether a lease keeps the memory of this slab, even if the slab is retired. Only the lease's owner can
     * end it.
     *
     * <p>A new lease marks its object and then checks that the slab is in use. A thread that retires slabs with live
     * objects hides them, makes every thread pass a handshake, and then calls this. So at least one of the two sees the
     * other.
     */
    public final boolean isAnyLeased() {
        for (byte mark : live) {
            if (mark == LEASED) {
                return true;
            }
        }
        // Pairs with the release at the end of each lease: the owner's writes come before the memory is returned.
        VarHandle.acquireFence();
        return false;
    }
}
