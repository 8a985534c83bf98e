package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * All that one thread has of a cache: its two magazines, its spare object, and a guess of the slab where its next address
 * lies.
 *
 * <p>Owned by a platform thread for that thread's life or, as a stripe for virtual threads, by whoever holds the mark
 * {@code held}.
 */
public final class ThreadCache extends PaddingAfter {
    private static final VarHandle HELD = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "held", VarHandle.class, MagazinePair.class, int.class);
    private static final VarHandle GUESS = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "guess", VarHandle.class, ThreadCache.class, Slab.class);

    private static final long SPARE_INTERVAL_MASK = 63;

    /**
     * Whether the calls that use this cache are not checked. Kept here and not with them, so that an allocation and the
     * free after it ask once.
     */
    public final boolean trusted;

    /**
     * Where the next address probably lies. Set on slow paths only, so that a thread whose objects are spread over slabs
     * does not pay for keeping it up to date.
     */
    private Slab guess = Slab.NONE;

    /** The thread that owns this, or {@code null} for a stripe. Weak, for a dead thread would keep its class loader. */
    private final WeakReference<Thread> owner;

    /** The next cache whose thread is dead, for the thread that collects them: see {@link ThreadCaches#retireDead}. */
    ThreadCache nextDead;

    /** Objects in each magazine that the use of this cache asks for; it may be given fewer. Belongs to the owner. */
    int wanted = Magazine.START;

    /** Frees and cached objects after the last prefill, or -1 once the owner came by the slow path. Written by the owner. */
    private long freesAtPrefill = -1;

    private int cachedAtPrefill;

    /** Whether the owner did not get the magazines that it asked for. */
    boolean isShort;

    /** Visits with a share that was small, since they were last added up. */
    int smallShares;

    /** Whether the {@link MagazineBudget} counts this. */
    boolean isCounted;

    // Since the last shrink, and since magazines were last looked for. Guarded by IdleCaches.
    final Activity sinceShrink = new Activity();
    final Activity sinceShortage = new Activity();

    /** Frees less cached objects, at the last {@link #beginCount}. */
    private long seen;

    // An array that bulk calls of this thread use and leave here, and the local view of the cache; or null.
    public long[] scratch;
    public Object frontDoor;

    ThreadCache(Thread owner, int capacity) {
        this(owner, capacity, false);
    }

    ThreadCache(Thread owner, int capacity, boolean trusted) {
        super(owner == null ? -1 : owner.threadId());
        this.owner = owner == null ? null : new WeakReference<>(owner);
        this.trusted = trusted;
        previous = Magazine.of(capacity);
        load(Magazine.of(capacity));
        // The first use of a VarHandle takes heap: here, and not where a call can no longer fail.
        release();
        GUESS.compareAndSet(this, Slab.NONE, Slab.NONE);
    }

    /**
     * The slab to look in first. The fast paths go on with it by themselves where it is the right one, and only otherwise
     * with what {@link #slabOf} returns: of either of two slabs, the compiler would work out twice where the object is.
     *
     * @return any slab, or one that has no objects
     */
    public Slab guess() {
        return guess;
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
        forgetDeparted();
        dropDepartedSpare();
        if (keepsObjects()) {
            guess = slab;
            if (!isSpareIn()) {
                if (trusted) {
                    // Unchecked callers keep no live bytes, but by this one the spare object is known to be out.
                    slab.markLive(address);
                }
                adoptSpare(slab, address);
            }
        }
    }

    /**
     * Learns from an object that was just freed, by a thread that perhaps never allocates one: others like it may come. On
     * a slow path, by the owner.
     *
     * @param address of the object
     * @param index where to look for its slab
     */
    public void learn(long address, SlabIndex index) {
        forgetDeparted();
        dropDepartedSpare();
        Slab slab = keepsObjects() ? slabOf(address, index) : null;
        if (slab != null) {
            guess = slab;
        }
    }

    /**
     * Lets go of slabs that are gone; any thread. What the owner learns at the same moment stays, or is learned again on
     * its next slow path.
     */
    void forgetDeparted() {
        Slab guessed = guess;
        if (guessed.isRetired()) {
            GUESS.compareAndSet(this, guessed, Slab.NONE);
        }
        forgetDepartedSpare();
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

    /** {@return whether nothing is cached any more} */
    public boolean isExhausted() {
        return cached() == 0;
    }

    /**
     * Begins to count allocations, without any work for the single one: each will take an object that is cached now or is
     * freed meanwhile. By the owner, after an exchange of its magazines.
     */
    public void beginCount() {
        if (hasOwner()) {
            seen = frees - cached();
        }
    }

    /** {@return allocations since the count began, once the cache is exhausted; more if it gave objects away meanwhile} */
    public long counted() {
        return frees - seen;
    }

    /** {@return whether this is the cache of one thread, and not a stripe or what stands for no cache at all} */
    public boolean hasOwner() {
        return ownerId >= 0;
    }

    /** The thread that owns this; {@code null} for a stripe, and once the thread is dead and was collected. */
    Thread owner() {
        return owner == null ? null : owner.get();
    }

    /** Whether the owner was a thread that has ended. What was collected has ended: a thread that runs is reachable. */
    boolean isOwnerDead() {
        if (!hasOwner()) {
            return false;
        }
        Thread thread = owner();
        return thread == null || !thread.isAlive();
    }

    /** Notes that what is cached now is promised to the owner. */
    void promise() {
        freesAtPrefill = frees;
        cachedAtPrefill = cached();
    }

    void endPromise() {
        freesAtPrefill = -1;
    }

    /** Whether what is cached was promised to the owner, which has not used it since; recent for other threads. */
    boolean isPromised() {
        return freesAtPrefill == frees && cachedAtPrefill == cached();
    }

    private boolean keepsObjects() {
        return hasOwner() && queue.length > 0;
    }

    long frees() {
        return frees;
    }

    /** Objects in both magazines: exact for the owner, recent for others. */
    int cached() {
        return inMagazines() + (isSpareIn() ? 1 : 0);
    }

    /** Objects that both magazines have room for. */
    int places() {
        return loaded.queue.length + previous.queue.length;
    }

    /** Shows each cached address; any thread, so it writes nothing. */
    void forEach(LongConsumer action) {
        // Not the queue, which may be revoked.
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
     * Leaves nothing to pop and no room to push, once the cache is closed; any thread. The owner may be in the middle of
     * a call and finish it with the old arrays, so these are zeroed, too. Keeps nothing of the cache, because a {@code
     * LocalCache} may keep this.
     */
    void wipe() {
        // Not the queue, which may be revoked.
        Arrays.fill(loaded.queue, 0);
        Arrays.fill(previous.queue, 0);
        // Not the magazine that all share who have none: the owner may write its size.
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
