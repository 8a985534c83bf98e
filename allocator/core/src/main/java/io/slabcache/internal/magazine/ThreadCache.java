package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.slab.SlabIndex;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * One thread's part of a cache: its two magazines, its spare object, and a guess at the slab of its next address.
 *
 * <p>Owned by a platform thread for its lifetime. A stripe, for virtual threads, is owned by the thread that has set
 * {@code held}.
 */
public final class ThreadCache extends PaddingAfter {
    private static final VarHandle HELD = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "held", VarHandle.class, MagazinePair.class, int.class);
    /** The owner, or {@code null} for a stripe. Weak, because a dead thread would keep its class loader reachable. */
    private final WeakReference<Thread> owner;

    /** Links the caches of dead threads for the thread that collects them: see {@link ThreadCaches#retireDead}. */
    ThreadCache nextDead;
    /** Capacity that this cache's use asks for; it may get less. Accessed by the owner. */
    int wanted = Magazine.START;

    /** Frees, and below cached objects, after the last prefill; -1 when the promise has ended. Written by the owner. */
    private long freesAtPrefill = -1;

    private int cachedAtPrefill;

    /** Places paid for: both magazines and the spare object. Accessed by the owner; others may read it late. */
    int share;

    /** Whether the owner was refused larger magazines. */
    boolean isShort;

    /** Visits with a small share since they were last added to the shared counter. */
    int smallShares;

    /** Whether the {@link MagazineBudget} counts this owner. */
    boolean isCounted;

    // Since the last shrink, and since the last search for magazines. Guarded by IdleCaches.
    final Activity sinceShrink = new Activity();
    final Activity sinceShortage = new Activity();

    /** Frees minus cached objects at the last {@link #beginCount}. */
    private long seen;

    // Null, or left here by this thread: the array of its bulk calls, and the local view of the cache.
    public long[] scratch;
    public Object frontDoor;

    ThreadCache(Thread owner, int capacity) {
        this(owner, capacity, false);
    }

    ThreadCache(Thread owner, int capacity, boolean trusted) {
        this(owner, capacity, trusted, Slab.NONE.geometry);
    }

    ThreadCache(Thread owner, int capacity, boolean trusted, SlabGeometry geometry) {
        super(owner == null ? -1 : owner.threadId(), trusted, geometry);
        this.owner = owner == null ? null : new WeakReference<>(owner);
        this.share = MagazineBudget.share(capacity);
        previous = Magazine.of(capacity);
        load(Magazine.of(capacity));
        // The first use of a VarHandle allocates heap. Done here, because later a call may not fail.
        release();
    }

    /**
     * Learns from a new allocation: the next addresses may lie in the same slab, and this object may be freed next. For
     * the owner, on a slow path.
     *
     * @param slab of the object
     * @param address of the object
     */
    public void learn(Slab slab, long address) {
        forgetDeparted();
        dropDepartedSpare();
        if (keepsObjects()) {
            guess = slab;
            if (!isSpareIn()) {
                if (trusted) {
                    // An unchecked cache keeps no live bytes, except to know that the spare object is out.
                    slab.markLive(address);
                }
                adoptSpare(slab, address);
            }
        }
    }

    /**
     * Learns from a free by a thread that may never allocate: its next frees may be alike. For the owner, on a slow
     * path.
     *
     * @param address of the object
     * @param index to find its slab
     */
    public void learn(long address, SlabIndex index) {
        forgetDeparted();
        dropDepartedSpare();
        Slab slab = keepsObjects() ? slabOf(address, index) : null;
        if (slab != null) {
            guess = slab;
        }
    }

    @Override
    public void learnGuess(Slab slab) {
        if (keepsObjects()) {
            guess = slab;
        }
    }

    /**
     * Keeps an object, marked free, as the spare one.
     *
     * @return false, and nothing changed, if this cache keeps nothing
     */
    public boolean keep(Slab slab, long address) {
        if (!keepsObjects()) {
            return false;
        }
        keepSpare(slab, address);
        pushes++;
        return true;
    }

    /** {@return whether no object is cached} */
    public boolean isExhausted() {
        return cached() == 0;
    }

    /**
     * Begins to count allocations at no cost for the single one: each takes an object that is cached now or freed
     * later. For the owner, after an exchange of its magazines.
     */
    public void beginCount() {
        if (hasOwner()) {
            seen = frees() - cached();
        }
    }

    /** {@return allocations since the count began, for an exhausted cache; too many if it gave objects away} */
    public long counted() {
        return frees() - seen;
    }

    /** {@return whether this is the cache of one thread, not a stripe and not the shared empty cache} */
    public boolean hasOwner() {
        return ownerId >= 0;
    }

    /** The owner; {@code null} for a stripe, and after a dead owner was collected. */
    Thread owner() {
        return owner == null ? null : owner.get();
    }

    /** Whether the owner has ended. A collected owner has, because a running thread is reachable. */
    boolean isOwnerDead() {
        Thread thread = owner();
        return hasOwner() && (thread == null || !thread.isAlive());
    }

    /** Promises the cached objects to the owner, after a prefill. */
    void promise() {
        freesAtPrefill = frees();
        cachedAtPrefill = cached();
    }

    void endPromise() {
        freesAtPrefill = -1;
    }

    /** Whether the cached objects are promised to the owner and still unused; recent for other threads. */
    boolean isPromised() {
        return freesAtPrefill == frees() && cachedAtPrefill == cached();
    }

    private boolean keepsObjects() {
        return hasOwner() && queue.length > 0;
    }

    /** Objects freed by this owner. Allocations are not counted; they are the sum of frees and live objects. */
    long frees() {
        return spareFrees + pushes;
    }

    /** Objects cached here: exact for the owner, recent for other threads. */
    int cached() {
        return inMagazines() + (isSpareIn() ? 1 : 0);
    }

    /** Slots of both magazines. */
    int places() {
        return loaded.queue.length + previous.queue.length;
    }

    /** Calls the action with each cached address. For any thread, so it writes nothing. */
    void forEach(LongConsumer action) {
        // Not the field queue, which may be revoked.
        long[] queue = loaded.queue;
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
     * Leaves nothing to pop and no room to push, once the cache is closed. For any thread. The owner may be inside a
     * call and finish it with the old arrays, so these are zeroed too. Drops all references to the cache, because a
     * {@code LocalCache} may keep this object.
     */
    void wipe() {
        Arrays.fill(loaded.queue, 0);
        Arrays.fill(previous.queue, 0);
        // Not the shared empty magazine: the owner may write its size.
        loaded = new Magazine(0);
        previous = new Magazine(0);
        queue = loaded.queue;
        size = 0;
        releaseSpare();
        forgetDeparted();
        scratch = null;
        frontDoor = null;
    }

    boolean tryHold() {
        return (int) HELD.getOpaque(this) == 0 && HELD.compareAndSet(this, 0, 1);
    }

    void release() {
        HELD.setRelease(this, 0);
    }
}
