package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.slab.SlabIndex;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A pair of magazines with a guess at the slab of the next address. A free that needs neither the other magazine nor
 * another slab ends here. It uses no object but this one and the slab: each further one costs a load and a test for
 * null, and a register that the compiler saves and restores in the caller's loop.
 */
abstract class GuessingPair extends MagazinePair {
    private static final VarHandle GUESS = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "guess", VarHandle.class, GuessingPair.class, Slab.class);

    private static final long SPARE_INTERVAL_MASK = 63;

    private static final int MISS_INTERVAL_MASK = 63;

    /** Whether callers are not checked. A field here, so that an allocation and the free after it read it once. */
    public final boolean trusted;

    /** That of all slabs of this cache, and of no other cache. */
    private final SlabGeometry geometry;

    /**
     * The slab in which the next address probably lies. Set on slow paths and after some misses only, so that a thread
     * whose objects are spread over slabs does not pay for updates.
     */
    Slab guess = Slab.NONE;

    /** Allocations outside the guessed slab. A thread whose magazines hold all it uses takes no slow path. */
    private int misses;

    GuessingPair(long ownerId, boolean trusted, SlabGeometry geometry) {
        super(ownerId);
        this.trusted = trusted;
        this.geometry = geometry;
        // The first use of a VarHandle allocates heap. Done here, because later a call may not fail.
        GUESS.compareAndSet(this, Slab.NONE, Slab.NONE);
    }

    /** {@return whether a thread owns this} */
    public final boolean isOwnedBy(long threadId) {
        return ownerId == threadId;
    }

    /**
     * {@return whether a slab is one of this cache} Magazines of a cache that was closed keep addresses until they are
     * wiped, and a new cache may have got the memory by then.
     */
    public final boolean isOf(Slab slab) {
        return slab.geometry == geometry;
    }

    /**
     * Returns the slab to look in first. A fast path uses it directly if it is the right one, and {@link #slabOf} only
     * otherwise: for a value that is one of two slabs, the compiler would compute the object's place twice.
     *
     * @return any slab, or one without objects
     */
    public final Slab guess() {
        return guess;
    }

    /**
     * Returns the slab of an address.
     *
     * @param address anything
     * @param index for addresses outside the guessed slab
     * @return the slab, or {@code null}
     */
    public final Slab slabOf(long address, SlabIndex index) {
        Slab guessed = guess;
        return guessed.contains(address) ? guessed : index.find(address);
    }

    /**
     * Drops removed slabs. For any thread. What the owner learns concurrently stays, or is learned again on its next
     * slow path.
     */
    final void forgetDeparted() {
        Slab guessed = guess;
        if (guessed.isRetired()) {
            GUESS.compareAndSet(this, guessed, Slab.NONE);
        }
        forgetDepartedSpare();
    }

    /**
     * Counts an allocation outside the guessed slab; now and then that slab is the next guess. For the owner.
     *
     * @param slab of the object
     * @return false, and nothing counted, if no slab is guessed: then a recording may want to see the object
     */
    public final boolean missGuess(Slab slab) {
        if (guess == Slab.NONE) {
            return false;
        }
        if ((++misses & MISS_INTERVAL_MASK) == 0) {
            learnGuess(slab);
        }
        return true;
    }

    /** Guesses a slab from now on. For the owner. */
    public abstract void learnGuess(Slab slab);

    /** Sends the owner's next allocations to the index, where they may be sampled. For any thread. */
    final void forgetGuess() {
        GUESS.setOpaque(this, Slab.NONE);
    }

    /**
     * {@return whether to keep the next freed object as the spare one and not to {@link #push} it: now and then while
     * no spare object is here, because the thread may never free the current one}
     */
    public final boolean wantsSpare() {
        return (pushes & SPARE_INTERVAL_MASK) == 0 && !isSpareIn();
    }

    /** {@return whether the next {@link #push} finds room} */
    public final boolean hasRoom() {
        return Integer.compareUnsigned(size, queue.length) < 0;
    }

    /**
     * Returns what {@link #pop} would take.
     *
     * @return the address of the most recently freed object; 0 if the loaded magazine is empty, or a close has wiped it
     */
    public final long peek() {
        long[] queue = this.queue;
        int top = size - 1;
        return Integer.compareUnsigned(top, queue.length) < 0 ? queue[top] : 0;
    }

    /** Takes the object that {@link #peek} has just returned. */
    public final void drop() {
        size--;
    }

    /**
     * Takes an object and marks it live. Does both or neither, if the stack overflows: nothing is called after the mark.
     *
     * @param slab of the object
     * @param address what {@link #peek} has just returned
     */
    public final void take(Slab slab, long address) {
        slab.markLive(address);
        size--;
    }

    /**
     * Frees an object into the loaded magazine, in a checked cache.
     *
     * @param address anything
     * @return false, and nothing changed, if it is not a live object of the guessed slab, the magazine is full, or a
     *     spare object is wanted
     */
    public final boolean freeGuessed(long address) {
        Slab slab = guess;
        return !wantsSpare() && slab.hasObjectAt(address) && markAndPush(slab, address);
    }

    /**
     * Frees an object into the loaded magazine, in a checked cache.
     *
     * @param slab anything
     * @param address anything
     * @return false, and nothing changed, if it is not a live object of the slab, or the magazine is full
     */
    public final boolean freeInto(Slab slab, long address) {
        return slab.hasObjectAt(address) && markAndPush(slab, address);
    }

    /**
     * Frees an object by its kept segment, likewise. An unchecked cache pushes any segment.
     *
     * @param object not {@code null}
     * @return false, and nothing changed, if that is not enough
     */
    public final boolean freeGuessed(MemorySegment object) {
        long address = object.address();
        if (wantsSpare()) {
            return false;
        }
        if (trusted) {
            return push(address);
        }
        Slab slab = guess;
        return slab.hasObjectAt(address) && slab.handleIfCreated(address) == object && markAndPush(slab, address);
    }

    /**
     * Frees an object by its view, likewise.
     *
     * @param kind of the view: its {@code ViewKind.ordinal}
     * @param view not {@code null}
     * @param low the low bits of the view's address
     * @param mask has the bits that the view tells
     * @return false, and nothing changed, if that is not enough
     */
    public final boolean freeGuessed(int kind, Object view, long low, long mask) {
        Slab slab = guess;
        long address = slab.base() + (low - slab.base() & mask);
        return !wantsSpare()
                && slab.hasObjectAt(address)
                && slab.views.find(kind, slab.place(address)) == view
                && (trusted ? push(address) : markAndPush(slab, address));
    }

    /** Does both or neither. Reads the queue once, because another thread may revoke it after the mark. */
    private boolean markAndPush(Slab slab, long address) {
        long[] queue = this.queue;
        int place = size;
        if (Integer.compareUnsigned(place, queue.length) >= 0 || !slab.markFree(address)) {
            return false;
        }
        queue[place] = address;
        size = place + 1;
        pushes++;
        return true;
    }
}
