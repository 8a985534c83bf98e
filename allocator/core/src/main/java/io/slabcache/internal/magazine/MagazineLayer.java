package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.StackReserve;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The lockless layer and its entry points. The fast path is {@link ThreadCaches#current}, then {@link ThreadCache#pop}
 * or {@link ThreadCache#push}. If these return 0 or false, the caller comes here.
 *
 * <p>Lock order: the depot's lock comes before the slab list's, and no thread holds it together with the lock of the
 * thread caches. docs/memory-model.md has the whole order.
 */
public final class MagazineLayer {
    // The depot may keep this many full magazines, however rarely they are used.
    private static final int SMALLEST_WORKING_SET = 4;
    private static final int LARGEST_WORKING_SET = 16;

    /** In stack reserves: enough to fill or empty a magazine in any way. */
    private static final int MOVE = 8;

    private final SlabSupply supply;
    private final MagazineBudget budget;
    private final Depot depot;
    private final ThreadCaches caches;
    private final MagazineStore store;
    private final MagazineShares shares;
    private final OwnedPath owned;
    private final IdleCaches idle;
    private final StripedPath striped;

    /**
     * Makes the layer above a supply.
     *
     * @param supply where objects come from
     * @param capacity objects per magazine, 0 for none (every call goes to the slab list), or -1 for a default that
     *     grows with need
     * @param trusted whether callers are not checked
     */
    public MagazineLayer(SlabSupply supply, int capacity, boolean trusted) {
        this(supply, capacity, trusted, WaitingThread::waitsOutside, Magazine::new);
    }

    /** For tests: with its own test for waiting threads, and its own maker of magazines. */
    MagazineLayer(
            SlabSupply supply, int capacity, boolean trusted, Predicate<Thread> waits, IntFunction<Magazine> maker) {
        this.supply = supply;
        this.budget = MagazineBudget.of(capacity, supply.geometry());
        MagazineSize size = new MagazineSize(budget);
        CountedLock lock = new CountedLock(supply.latencies().lockWaits());
        this.depot = new Depot(lock, new WorkingSet(SMALLEST_WORKING_SET, LARGEST_WORKING_SET), size, maker);
        this.caches = new ThreadCaches(budget, trusted, supply.geometry());
        Revocation revocation = new Revocation(supply, budget, waits);
        this.store = new MagazineStore(depot, supply, caches, revocation);
        this.shares = new MagazineShares(budget, size, store);
        this.owned = new OwnedPath(caches, store, shares, revocation);
        this.idle = new IdleCaches(caches, budget, shares, revocation);
        this.striped = new StripedPath(
                store, shares, Stripes.countFor(Runtime.getRuntime().availableProcessors()));
    }

    /** {@return the table of thread caches} */
    public ThreadCaches caches() {
        return caches;
    }

    /**
     * Returns the calling thread's cache and registers it if necessary.
     *
     * @return its cache, or for a virtual thread one without objects and slots
     */
    public ThreadCache own() {
        Thread thread = Thread.currentThread();
        return thread.isVirtual() || budget.capacity() == 0 ? caches.none() : store.register(thread);
    }

    /** {@return whether a swap has loaded objects for a caller whose {@link ThreadCache#pop} gave 0} */
    public boolean swapToPop(ThreadCache cache) {
        return owned.swapToPop(cache);
    }

    /** {@return whether a swap made room for an object that {@link ThreadCache#push} refused} */
    public boolean swapAndPush(ThreadCache cache, long address) {
        return owned.swapAndPush(cache, address);
    }

    /**
     * Allocates for a caller whose {@link ThreadCache#pop} gave 0.
     *
     * @param cache that gave it
     * @return an address, or 0 at the bound
     */
    public long allocate(ThreadCache cache) {
        long address = Thread.currentThread().isVirtual() ? striped.pop() : 0;
        return address != 0 ? address : allocateSlow(cache);
    }

    private long allocateSlow(ThreadCache cache) {
        long address = allocateOnce(cache);
        if (address == 0) {
            address = allocateLast();
        }
        owned.wipeIfClosed(cache);
        return address;
    }

    private long allocateOnce(ThreadCache cache) {
        if (budget.capacity() == 0) {
            return supply.takeOne();
        }
        makeRoomIfNeeded();
        return Thread.currentThread().isVirtual() ? striped.allocate() : owned.allocate(cache);
    }

    /**
     * The last attempt before an allocation fails. It looks at slabs and depot at one moment. If it finds nothing, all
     * other objects are live, except what the budget allows threads and stripes to keep.
     */
    private long allocateLast() {
        StackReserve.claim(MOVE);
        store.retireDead();
        striped.drain();
        return depot.takeOne(supply);
    }

    /** Makes room if an owner was refused larger magazines. Must not be called while a stripe is held. */
    private void makeRoomIfNeeded() {
        if (shares.isRoomNeeded()) {
            StackReserve.claim(MOVE);
            try {
                idle.makeRoom(striped.all(), store.retireDead());
            } catch (OutOfMemoryError e) {
                // Not needed by this call; a later one tries again.
            }
        }
    }

    /**
     * Allocates from the caller's magazines or the depot, without waiting or growing the cache.
     *
     * @param cache whose {@link ThreadCache#pop} gave 0
     * @return an address, or 0
     */
    public long allocateCached(ThreadCache cache) {
        if (budget.capacity() == 0) {
            return 0;
        }
        if (Thread.currentThread().isVirtual()) {
            return striped.allocateCached();
        }
        long address = owned.allocateCached(cache);
        owned.wipeIfClosed(cache);
        return address;
    }

    /**
     * Frees an object that {@link ThreadCache#push} refused. Works with a full heap too: without room in a magazine the
     * object goes to the slab list, which needs no heap for it.
     *
     * @param cache that refused it
     * @param address of the object
     */
    public void free(ThreadCache cache, long address) {
        if (!Thread.currentThread().isVirtual() || !striped.push(address)) {
            freeSlow(cache, address);
        }
    }

    private void freeSlow(ThreadCache cache, long address) {
        if (budget.capacity() == 0) {
            supply.free(address);
            return;
        }
        makeRoomIfNeeded();
        if (Thread.currentThread().isVirtual()) {
            striped.free(address);
            return;
        }
        owned.free(cache, address);
        owned.wipeIfClosed(cache);
    }

    /** Moves all objects of the calling thread's magazines to the depot and the slab lists. */
    public void flush(ThreadCache cache) {
        if (cache.hasOwner()) {
            StackReserve.claim(MOVE);
            owned.flush(cache);
            owned.wipeIfClosed(cache);
        }
    }

    /** {@link #flush}, unless a prefill has promised the objects to the thread. */
    public void flushUnpromised(ThreadCache cache) {
        if (!cache.isPromised()) {
            flush(cache);
        }
    }

    /**
     * Fills the calling thread's magazines up to a number of objects.
     *
     * @param cache of the calling thread
     * @param objects wanted in the magazines
     * @return how many of the wanted objects are in the magazines now
     */
    public int prefill(ThreadCache cache, int objects) {
        if (!cache.hasOwner()) {
            return 0;
        }
        StackReserve.claim(MOVE);
        int wanted = owned.reserve(cache, objects);
        boolean more = true;
        while (more && cache.cached() < wanted) {
            more = store.addTo(cache, wanted) || reclaim() && store.addTo(cache, wanted);
        }
        cache.promise();
        owned.wipeIfClosed(cache);
        return Math.min(wanted, cache.cached());
    }

    /**
     * Moves the objects of dead threads, idle stripes and the depot to the slab lists.
     *
     * @return whether there was any object
     */
    public boolean reclaim() {
        StackReserve.claim(MOVE);
        long before = supply.counts().freeObjects();
        store.retireDead();
        striped.drain();
        depot.drainTo(supply);
        return supply.counts().freeObjects() > before;
    }

    /** Moves the objects of threads that wait and were idle since the previous call to the slab lists. */
    public void reclaimIdle() {
        StackReserve.claim(MOVE);
        idle.takeAll();
    }

    /** {@return the number of idle threads whose magazines the last {@link #reclaimIdle} could not take} */
    public int unreachedCaches() {
        return idle.unreached().caches();
    }

    /** {@return the objects in those magazines} */
    public long unreachedObjects() {
        return idle.unreached().objects();
    }

    /** Drops references to slabs that were returned; threads may hold one as their guess. */
    public void forgetDeparted() {
        caches.all().forEach(ThreadCache::forgetDeparted);
    }

    /**
     * Calls an action for each cached object. Exact only while no thread is inside the cache.
     *
     * @param action gets each address; must not call the cache
     */
    public void forEachCached(LongConsumer action) {
        for (ThreadCache cache : allCaches()) {
            cache.forEach(action);
        }
        depot.forEach(action);
    }

    List<ThreadCache> allCaches() {
        return Stream.concat(caches.all().stream(), striped.all().stream()).toList();
    }

    /** Empties all magazines of a closed cache and leaves no room in them, so that each call ends on the slow path. */
    public void wipe() {
        // First, so that a later registration gets no magazines; earlier ones are wiped below.
        budget.exhaust();
        depot.close();
        // See OwnedPath.wipeIfClosed.
        VarHandle.fullFence();
        caches.close().forEach(ThreadCache::wipe);
        striped.close().forEach(ThreadCache::wipe);
    }

    /** {@return the objects of other threads on their way to the slab lists} */
    public Transfers transfers() {
        return store.transfers();
    }

    /** {@return the current counts} */
    public MagazineCounts counts() {
        return MagazineCounts.of(
                allCaches(), caches.heapBytes(), caches.retiredFrees() + striped.retiredFrees(), depot.counts());
    }
}
