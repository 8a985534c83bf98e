package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The loaded and the previous magazine of one thread. Objects are popped from and pushed to the loaded one; when that
 * is exhausted the two change places, so that a thread does at least one magazine's worth of work between two visits to
 * the depot (Bonwick and Adams 2001).
 *
 * <p>Owned by a platform thread for that thread's life or, as a stripe for virtual threads, by whoever holds the mark
 * {@code held}. Only the owner writes, and in plain mode: opaque stores kept the compiler from folding an allocation with the
 * free that follows it and doubled the cost of a pair. Statistics read {@code size} and {@code frees} from other
 * threads; they may be late by what the compiler keeps in registers, until the owner leaves its loop.
 *
 * <p>Fields, in {@link ThreadCacheFields}:
 *
 * <ul>
 *   <li>{@code loaded}: the magazine in use. Its array and its size are kept in {@code queue} and {@code size}, one
 *       load nearer; {@code loaded.size} is stale meanwhile. Invariant: {@code queue == loaded.queue}.
 *   <li>{@code previous}: the other one, full, empty or, after a flush or a prefill, in between.
 *   <li>{@code frees}: objects freed by this owner. Allocations are not counted: they are frees plus live objects.
 *   <li>{@code guess}: the slab where the next address probably lies. Set on slow paths only, so that a thread whose
 *       objects are spread over slabs does not pay for keeping it up to date.
 *   <li>{@code held}: of a stripe, 1 while a thread uses it; compare-and-set to take it, release to return it.
 * </ul>
 */
public final class ThreadCache extends PaddingAfter {
    private static final VarHandle HELD = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "held", VarHandle.class, ThreadCacheFields.class, int.class);

    private static final long[] NO_PLACES = {};

    private static final long SPARE_INTERVAL_MASK = 63;

    /** The thread that owns this cache, or {@code null} for a stripe. */
    final Thread owner;

    /** An array that bulk calls of this thread use and leave here; see there. */
    public long[] scratch;

    ThreadCache(Thread owner, int capacity) {
        this.owner = owner;
        guess = Slab.NONE;
        previous = new Magazine(capacity);
        load(new Magazine(capacity));
    }

    /**
     * Takes the most recently freed object.
     *
     * @return its address, or 0 if the loaded magazine is empty
     */
    public long pop() {
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
    public boolean push(long address) {
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
     * Puts back what {@link #pop} just gave; not a free.
     *
     * @param address what was popped
     */
    public void unpop(long address) {
        queue[size] = address;
        size++;
    }

    /**
     * The slab of an address.
     *
     * @param address anything
     * @param index where to look if it is not in the slab that was guessed
     * @return the slab, or {@code null}
     */
    public Slab slabOf(long address, SlabIndex index) {
        Slab guessed = guess;
        return guessed.contains(address) ? guessed : index.find(address);
    }

    /**
     * Learns from an object that was just handed out: coming addresses may lie in the same slab, and this object may be
     * the next that is freed. On a slow path, by the owner.
     *
     * @param slab of the object
     * @param address of the object
     */
    public void learn(Slab slab, long address) {
        if (keepsObjects()) {
            guess = slab;
            if (!isSpareIn()) {
                adoptSpare(slab, address);
            }
        }
    }

    /** Counts a free of the spare object. */
    public void countFree() {
        frees++;
    }

    /**
     * Whether the next freed object had better become the spare one: now and then, as long as the place is empty, for the
     * thread may never free the one that it was made for.
     *
     * @return whether to call {@link #keep} instead of {@link #push}
     */
    public boolean wantsSpare() {
        return (frees & SPARE_INTERVAL_MASK) == 0 && !isSpareIn();
    }

    /**
     * Keeps a freed object as the spare one.
     *
     * @param slab of the object
     * @param address of the object, marked free
     * @return false, and nothing changed, if this cache keeps nothing
     */
    public boolean keep(Slab slab, long address) {
        if (!keepsObjects()) {
            return false;
        }
        keepSpare(slab, address);
        frees++;
        return true;
    }

    /** {@return whether this is the cache of one thread, and not a stripe or what stands for no cache at all} */
    public boolean hasOwner() {
        return owner != null;
    }

    private boolean keepsObjects() {
        return owner != null && queue.length > 0;
    }

    /** Makes the loaded magazine hold something, if the previous one does; returns whether it does now. */
    boolean swapToPop() {
        if (size == 0 && previous.size > 0) {
            swap();
        }
        return size > 0;
    }

    /** Makes room in the loaded magazine, if there is any in the previous one; returns whether there is some now. */
    boolean swapToPush() {
        if (size == queue.length && !previous.isFull()) {
            swap();
        }
        return size < queue.length;
    }

    private void swap() {
        Magazine next = previous;
        previous = unload();
        load(next);
    }

    /** Takes the empty loaded magazine out and puts another in its place. */
    Magazine replaceLoaded(Magazine other) {
        Magazine old = unload();
        load(other);
        return old;
    }

    /** Loads an empty magazine; the loaded one becomes the previous, which is taken out. */
    Magazine shift(Magazine other) {
        Magazine old = previous;
        previous = unload();
        load(other);
        return old;
    }

    /** Brings the loaded magazine's own size up to date and returns it; it stays loaded. */
    Magazine unload() {
        loaded.size = size;
        return loaded;
    }

    /** Puts a magazine in the place of the loaded one. */
    void load(Magazine magazine) {
        loaded = magazine;
        queue = magazine.queue;
        size = magazine.size;
    }

    int capacity() {
        return queue.length;
    }

    /** Objects in both magazines: exact for the owner, recent for others. */
    int cached() {
        return size + previous.size + (isSpareIn() ? 1 : 0);
    }

    /** Shows each cached address; any thread, so it writes nothing. */
    void forEach(LongConsumer action) {
        long[] queue = this.queue;
        int size = Math.min(this.size, queue.length);
        for (int i = 0; i < size; i++) {
            action.accept(queue[i]);
        }
        previous.forEach(action);
        long inSpare = cachedSpare();
        if (inSpare != 0) {
            action.accept(inSpare);
        }
    }

    /**
     * Leaves nothing to pop and no room to push, once the cache is closed; any thread. The owner may be in the middle of
     * a call and finish it with the old arrays, so these are zeroed, too.
     */
    void wipe() {
        Arrays.fill(queue, 0);
        Arrays.fill(previous.queue, 0);
        queue = NO_PLACES;
        size = 0;
        previous.size = 0;
        releaseSpare();
    }

    long frees() {
        return frees;
    }

    boolean tryHold() {
        return (int) HELD.getOpaque(this) == 0 && HELD.compareAndSet(this, 0, 1);
    }

    void release() {
        HELD.setRelease(this, 0);
    }
}
