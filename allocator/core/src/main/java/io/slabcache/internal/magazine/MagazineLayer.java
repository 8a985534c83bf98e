package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.StackReserve;
import java.util.List;
import java.util.function.LongConsumer;
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

    /** Reserves of stack for an exchange of magazines, and for all that may be done to get one filled or emptied. */
    private static final int EXCHANGE = 2;

    private static final int MOVE = 8;

    private final SlabSupply supply;
    private final MagazineBudget budget;
    private final Depot depot;
    private final ThreadCaches caches;
    private final MagazineStore store;
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
        this.supply = supply;
        this.budget = MagazineBudget.of(capacity, supply.geometry());
        this.depot = new Depot(
                new WorkingSet(SMALLEST_WORKING_SET, LARGEST_WORKING_SET),
                new MagazineSize(budget.capacity(), budget.largest()));
        this.caches = new ThreadCaches(budget, trusted);
        this.store = new MagazineStore(depot, supply, caches);
        this.striped = new StripedPath(store, budget);
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
        return thread.isVirtual() || budget.capacity() == 0 ? ThreadCaches.NONE : store.register(thread);
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
            reclaim();
            address = allocateOnce(cache);
        }
        wipeIfClosed();
        return address;
    }

    private long allocateOnce(ThreadCache cache) {
        if (budget.capacity() == 0) {
            return supply.takeOne();
        }
        StackReserve.claim(EXCHANGE);
        if (Thread.currentThread().isVirtual()) {
            return striped.allocate();
        }
        ThreadCache own = withMagazines(cache);
        if (own.capacity() == 0) {
            return supply.takeOne();
        }
        if (own.swapToPop()) {
            return own.pop();
        }
        Magazine full = depot.exchangeForFull(own.unload());
        if (full != null) {
            own.load(full);
            return own.pop();
        }
        return allocateFetched(own);
    }

    private long allocateFetched(ThreadCache own) {
        StackReserve.claim(MOVE);
        Magazine magazine = store.fetch();
        if (magazine == null) {
            return 0;
        }
        // The constructor of a new slab may have freed objects into this cache meanwhile: then it keeps those.
        store.dispose(own.swapToPop() ? magazine : own.replaceLoaded(magazine));
        return own.pop();
    }

    /** The caller's cache; one that found the budget spent when it was made gets its magazines when some were returned. */
    private ThreadCache withMagazines(ThreadCache cache) {
        ThreadCache own = cache != ThreadCaches.NONE ? cache : store.register(Thread.currentThread());
        // Not what stands for no cache: that is what a closed cache registers.
        if (own.capacity() == 0 && own.hasOwner() && budget.isLeft()) {
            // Before the budget is spent: the heap may have no room for them.
            Magazine one = new Magazine(budget.capacity());
            Magazine other = new Magazine(budget.capacity());
            if (budget.take() > 0) {
                own.replaceLoaded(one);
                own.shift(other);
            }
        }
        return own;
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
        StackReserve.claim(EXCHANGE);
        if (Thread.currentThread().isVirtual()) {
            return striped.allocateCached();
        }
        ThreadCache own = cache != ThreadCaches.NONE ? cache : caches.tryRegister(Thread.currentThread());
        if (own.capacity() == 0) {
            return 0;
        }
        if (!own.swapToPop()) {
            Magazine full = depot.tryExchangeForFull(own.unload());
            if (full == null) {
                return 0;
            }
            own.load(full);
        }
        return own.pop();
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
        StackReserve.claim(EXCHANGE);
        if (Thread.currentThread().isVirtual()) {
            striped.free(address);
            return;
        }
        ThreadCache own = withRoom(cache);
        if (own == null || !own.push(address)) {
            supply.free(address);
        }
        wipeIfClosed();
    }

    /** The caller's cache with room for an object; null if it has no magazines, and also if the heap has no room for them. */
    private ThreadCache withRoom(ThreadCache cache) {
        try {
            ThreadCache own = withMagazines(cache);
            if (own.capacity() == 0) {
                return null;
            }
            if (!own.swapToPush()) {
                makeRoom(own);
            }
            return own;
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    /** The caller may have loaded magazines after a close had wiped its cache. */
    private void wipeIfClosed() {
        if (supply.isClosed()) {
            ThreadCache own = caches.current();
            if (own.hasOwner()) {
                own.wipe();
            }
        }
    }

    /** Both magazines are full: the colder one goes to the depot or, if that has enough, to the slab lists. */
    private void makeRoom(ThreadCache own) {
        Magazine cold = own.previous;
        Magazine empty = depot.exchangeForEmpty(cold);
        if (empty == null) {
            StackReserve.claim(MOVE);
            store.empty(cold);
            empty = cold;
        }
        own.shift(empty);
    }

    /**
     * Gives all objects of the calling thread's magazines to the depot and the slab lists.
     *
     * @param cache of the calling thread
     */
    public void flush(ThreadCache cache) {
        if (cache.capacity() > 0) {
            StackReserve.claim(MOVE);
            for (int i = 0; i < 2; i++) {
                store.dispose(cache.shift(depot.takeEmpty()));
            }
            store.emptySpare(cache);
            wipeIfClosed();
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
        if (cache.capacity() == 0) {
            return 0;
        }
        StackReserve.claim(MOVE);
        int wanted = Math.min(objects, cache.places());
        boolean more = true;
        while (more && cache.cached() < wanted) {
            more = store.addTo(cache, wanted) || reclaim() && store.addTo(cache, wanted);
        }
        wipeIfClosed();
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
        store.drainDepot();
        return supply.counts().freeObjects() > before;
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
        caches.close().forEach(ThreadCache::wipe);
        striped.close().forEach(ThreadCache::wipe);
    }

    /** {@return the counts of this moment} */
    public MagazineCounts counts() {
        return MagazineCounts.of(allCaches(), caches.retiredFrees() + striped.retiredFrees(), depot.counts());
    }
}
