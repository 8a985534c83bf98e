package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.StackReserve;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The lockless layer as the front door sees it. The fast path is {@link ThreadCaches#current}, then {@link ThreadCache#pop} or
 * {@link ThreadCache#push}; when these give 0 or false the caller comes here.
 *
 * <p>Order of locks: the table of thread caches and the depot are never held together; either may be held by a thread
 * that takes none of the slab layer's locks. The slab layer is always called with nothing held.
 */
public final class MagazineLayer {
    // Full magazines that the depot may keep, however seldom or often they are used.
    private static final int SMALLEST_WORKING_SET = 4;
    private static final int LARGEST_WORKING_SET = 16;

    /** Reserves of stack for all that may be done to get a magazine filled or emptied. */
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
     * The layer above a supply.
     *
     * @param supply where objects come from
     * @param capacity objects per magazine, 0 for none (every call goes to the slab list), or -1 for a default that
     *     grows with need
     * @param trusted whether callers are not checked
     */
    public MagazineLayer(SlabSupply supply, int capacity, boolean trusted) {
        this(supply, capacity, trusted, WaitingThread::waitsOutside, Magazine::new);
    }

    /** A layer that asks in this way whether the magazines of a thread may be taken, and has new ones made in that way. */
    MagazineLayer(
            SlabSupply supply, int capacity, boolean trusted, Predicate<Thread> waits, IntFunction<Magazine> maker) {
        this.supply = supply;
        this.budget = MagazineBudget.of(capacity, supply.geometry());
        MagazineSize size = new MagazineSize(budget);
        this.depot = new Depot(new WorkingSet(SMALLEST_WORKING_SET, LARGEST_WORKING_SET), size, maker);
        this.caches = new ThreadCaches(budget, trusted);
        Revocation revocation = new Revocation(supply, budget, waits);
        this.store = new MagazineStore(depot, supply, caches, revocation);
        this.shares = new MagazineShares(budget, size, store);
        this.owned = new OwnedPath(caches, store, shares, revocation);
        this.idle = new IdleCaches(caches, budget, shares, revocation);
        this.striped = new StripedPath(
                store, shares, Stripes.countFor(Runtime.getRuntime().availableProcessors()));
    }

    /** {@return which thread has which cache} */
    public ThreadCaches caches() {
        return caches;
    }

    /**
     * The cache of the calling thread, registered now if need be.
     *
     * @return its cache, or for a virtual thread one that has no objects and no room
     */
    public ThreadCache own() {
        Thread thread = Thread.currentThread();
        return thread.isVirtual() || budget.capacity() == 0 ? caches.none() : store.register(thread);
    }

    /** {@return an object for a caller whose {@link ThreadCache#pop} gave 0; 0 if that takes more than a swap} */
    public long swapAndPop(ThreadCache cache) {
        return owned.swapAndPop(cache);
    }

    /** {@return whether an object was taken back from a caller whose {@link ThreadCache#push} gave false; no if it takes more} */
    public boolean swapAndPush(ThreadCache cache, long address) {
        return owned.swapAndPush(cache, address);
    }

    /**
     * An object for a caller whose {@link ThreadCache#pop} gave 0.
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
     * The last look before an allocation fails. What threads and stripes keep is at most what the budget allows; all the
     * rest is live if this finds nothing, for it looks at slabs and depot at one moment.
     */
    private long allocateLast() {
        StackReserve.claim(MOVE);
        store.retireDead();
        striped.drain();
        return depot.takeOne(supply);
    }

    /** Some owner found no room for the magazines that it asked for. Not to be called while a stripe is held. */
    private void makeRoomIfNeeded() {
        if (shares.isRoomNeeded()) {
            StackReserve.claim(MOVE);
            try {
                idle.makeRoom(striped.all(), store.retireDead());
            } catch (OutOfMemoryError e) {
                // Later, perhaps: the call does not depend on it.
            }
        }
    }

    /**
     * An object for a caller that may neither wait nor grow the cache: from its magazines or the depot.
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
     * Takes back an object from a caller whose {@link ThreadCache#push} gave false. A full heap is no obstacle: what
     * finds no place in a magazine goes to the slab list, which needs no heap for it.
     *
     * @param cache that gave it
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

    /**
     * Gives all objects of the calling thread's magazines to the depot and the slab lists.
     *
     * @param cache of the calling thread
     */
    public void flush(ThreadCache cache) {
        if (cache.hasOwner()) {
            StackReserve.claim(MOVE);
            owned.flush(cache);
            owned.wipeIfClosed(cache);
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
     * @return whether any object came back
     */
    public boolean reclaim() {
        StackReserve.claim(MOVE);
        long before = supply.counts().freeObjects();
        store.retireDead();
        striped.drain();
        depot.drainTo(supply);
        return supply.counts().freeObjects() > before;
    }

    /** Moves to the slab lists what threads have cached that wait, and did nothing since the call before. */
    public void reclaimIdle() {
        StackReserve.claim(MOVE);
        idle.takeAll();
    }

    /** {@return how many idle threads the last {@link #reclaimIdle} could not take the magazines of} */
    public int unreachedCaches() {
        return idle.unreached().caches();
    }

    /** {@return the objects in those magazines} */
    public long unreachedObjects() {
        return idle.unreached().objects();
    }

    /** Lets go of slabs that were given back: threads may refer to one as their guess. */
    public void forgetDeparted() {
        caches.all().forEach(ThreadCache::forgetDeparted);
    }

    /**
     * Shows the address of each cached object. Exact only while no thread is inside the cache.
     *
     * @param action called for each address, must not call the cache
     */
    public void forEachCached(LongConsumer action) {
        for (ThreadCache cache : allCaches()) {
            cache.forEach(action);
        }
        depot.forEach(action);
    }

    private List<ThreadCache> allCaches() {
        return Stream.concat(caches.all().stream(), striped.all().stream()).toList();
    }

    /** Leaves nothing in any magazine and no room, once the cache is closed: everybody ends on the slow path. */
    public void wipe() {
        // First, so that whoever registers from now on gets no magazines; whoever did before is wiped.
        budget.exhaust();
        depot.close();
        // See OwnedPath.wipeIfClosed.
        VarHandle.fullFence();
        caches.close().forEach(ThreadCache::wipe);
        striped.close().forEach(ThreadCache::wipe);
    }

    /** {@return the counts of this moment} */
    public MagazineCounts counts() {
        return MagazineCounts.of(
                allCaches(), caches.heapBytes(), caches.retiredFrees() + striped.retiredFrees(), depot.counts());
    }
}
