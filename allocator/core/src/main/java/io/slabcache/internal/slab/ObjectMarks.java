package io.slabcache.internal.slab;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a slab knows of each object: a byte that says whether it is live and how it was handed out, and its generation.
 *
 * <p>Both belong to whoever owns the object: plain access, ordered by whatever passed the object from thread to thread.
 * A byte and not a bit, because threads that own neighbours would need atomic updates of the word they share.
 *
 * <p>Only {@link #LIVE}, and what a search for leaks writes in its place, is positive: the fast paths of free ask for
 * that, and so leave everything out of the ordinary to the slow ones at no cost.
 *
 * <p>The generation of an object changes when it is handed out under one, and not when it is freed: the byte alone tells
 * that, and any other way of handing the object out overwrites the byte. So only who uses generations pays for them.
 */
abstract class ObjectMarks extends ObjectPlaces {
    /** Handed out; whoever has it may free it. */
    public static final byte LIVE = 1;

    /** Handed out under its generation; whoever has it may free it. */
    public static final byte NUMBERED = -1;

    /** Handed out on a lease, which alone may free it. */
    public static final byte LEASED = -2;

    /** Free, and {@link #NUMBERED} before: for a bulk free that turns out to be refused. */
    private static final byte WAS_NUMBERED = -3;

    /** Bits of a generation. With 48 bits of an address that is a multiple of 8, they fill a {@code long}. */
    public static final int GENERATION_BITS = 19;

    /** The largest generation, after which comes 0. */
    public static final int LAST_GENERATION = (1 << GENERATION_BITS) - 1;

    private static final VarHandle GENERATIONS = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "generations", VarHandle.class, ObjectMarks.class, int[].class);
    private static final VarHandle BYTE = MethodHandles.arrayElementVarHandle(byte[].class);
    private static final VarHandle INT = MethodHandles.arrayElementVarHandle(int[].class);

    /** So many tables of generations were made in this JVM. */
    private static final AtomicInteger TABLES = new AtomicInteger();

    /** A byte at each place. */
    private final byte[] live;

    /** At the same places, counting on beyond {@link #LAST_GENERATION}. Null until wanted; set once, by compare-and-set. */
    private int[] generations;

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
     * {@link #markFree(long)}, also for an object that was handed out under a generation.
     *
     * @param address of an object of this slab
     * @return false, and nothing changed, if it is not live, or leased
     */
    public final boolean markAnyFree(long address) {
        int place = place(address);
        if (live[place] != NUMBERED) {
            return markFree(address);
        }
        live[place] = WAS_NUMBERED;
        return true;
    }

    /**
     * Undoes {@link #markAnyFree}, but that a search for leaks forgets the object.
     *
     * @param address of the object
     */
    public final void unmarkFree(long address) {
        int place = place(address);
        live[place] = live[place] == WAS_NUMBERED ? NUMBERED : LIVE;
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
     * Hands an object in the caller's hands out under a new generation.
     *
     * @param address of the object
     * @return the generation
     * @throws OutOfMemoryError if the heap has no room for the generations of this slab
     */
    public final int renew(long address) {
        int[] generations = this.generations;
        if (generations == null) {
            generations = createGenerations();
        }
        int place = place(address);
        int count = generations[place] + 1;
        generations[place] = count;
        live[place] = NUMBERED;
        return count & LAST_GENERATION;
    }

    /**
     * {@link #markFree(long)} for an object that was handed out under a generation.
     *
     * @param address of an object of this slab
     * @param generation that it was given
     * @return false, and nothing changed, if it was freed or handed out again since
     */
    public final boolean markFree(long address, int generation) {
        int place = place(address);
        if (!isLive(address, generation)) {
            return false;
        }
        live[place] = 0;
        return true;
    }

    /**
     * Whether an object has still the owner to whom it was given under a generation. Not to be hoisted out of a loop that
     * waits for the end of that.
     *
     * <p>The byte is read first. A stale handle that read its generation first could take the byte of the next hand-out for
     * its own.
     *
     * @param address of an object of this slab
     * @param generation that it was given
     * @return false if it was freed or handed out again since
     */
    public final boolean isLive(long address, int generation) {
        int place = place(address);
        return (byte) BYTE.getAcquire(live, place) == NUMBERED && generation(place) == generation;
    }

    /**
     * The generation under which an object was handed out last.
     *
     * @param address of an object of this slab
     * @return the generation, or -1 if there never was one
     */
    public final int generation(long address) {
        return generation(place(address));
    }

    private int generation(int place) {
        int[] generations = this.generations;
        return generations == null ? -1 : (int) INT.getOpaque(generations, place) & LAST_GENERATION;
    }

    /** {@return the counts of which generations are the last bits, or {@code null} if nobody has wanted one yet} */
    public final int[] generationsIfCreated() {
        return generations;
    }

    /**
     * Each table starts somewhere else (Fibonacci hashing of how many there were), so that a handle from a slab that is
     * gone means nothing to a slab that came to lie in the same place.
     */
    private int[] createGenerations() {
        int[] created = new int[places()];
        Arrays.fill(created, (TABLES.incrementAndGet() * 0x9e3779b9) >>> (Integer.SIZE - GENERATION_BITS));
        GENERATIONS.compareAndSet(this, null, created);
        return (int[]) GENERATIONS.getAcquire(this);
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
        live[place] = 0;
        return true;
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
    final boolean isAnyLeased() {
        for (byte mark : live) {
            if (mark == LEASED) {
                return true;
            }
        }
        return false;
    }

    final long marksHeapBytes() {
        return live.length + (GENERATIONS.getAcquire(this) == null ? 0 : live.length * 4L);
    }
}
