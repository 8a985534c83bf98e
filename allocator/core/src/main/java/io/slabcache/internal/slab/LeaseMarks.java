package io.slabcache.internal.slab;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Leases, as marks in the live bytes of a {@link Slab}.
 *
 * <p>The end of a lease is a release store. It publishes the owner's writes to the object to the thread that finds no
 * lease left and returns the memory. The lease's confined arena orders nothing for other threads.
 */
public final class LeaseMarks {
    /** A live byte: handed out on a lease; only the lease may free it. */
    public static final byte LEASED = -2;

    private static final VarHandle BYTE = MethodHandles.arrayElementVarHandle(byte[].class);

    static {
        // The first use of a VarHandle allocates heap, and there may be none when a lease ends.
        end(new byte[1], 0);
    }

    private LeaseMarks() {}

    /**
     * Marks an object, owned by the caller, leased. The end of the slab has to be checked after this call, not before:
     * see {@link #isAny}.
     */
    public static void begin(byte[] live, int place) {
        live[place] = LEASED;
    }

    /** Whether an object is leased. */
    public static boolean isLeased(byte[] live, int place) {
        return live[place] == LEASED;
    }

    /** Marks the lease of an object ended; returns false and changes nothing if it is not leased. */
    public static boolean endIfLeased(byte[] live, int place) {
        if (!isLeased(live, place)) {
            return false;
        }
        end(live, place);
        return true;
    }

    /** Marks the lease of an object ended, after all of its owner's writes to the object. */
    public static void end(byte[] live, int place) {
        BYTE.setRelease(live, place, (byte) 0);
    }

    /** Marks all objects free from a place on, except leased ones: only a lease ends itself. */
    static void clearOthers(byte[] live, int from) {
        for (int place = from; place < live.length; place++) {
            if (!isLeased(live, place)) {
                live[place] = 0;
            }
        }
    }

    /**
     * Whether a lease keeps the memory of a slab, even if the slab is retired. Only the lease's owner can end it.
     *
     * <p>A new lease marks its object and then checks that the slab is in use. A thread that retires slabs with live
     * objects hides them, makes every thread pass a handshake, and then calls this. So at least one of the two sees the
     * other.
     */
    static boolean isAny(byte[] live) {
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
