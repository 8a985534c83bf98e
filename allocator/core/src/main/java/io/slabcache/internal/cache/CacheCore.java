package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.MagazineLayer;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.registry.CacheIdentity;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import io.slabcache.internal.slab.SlabSupply;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The layers of one cache, and the look-ups that its paths share.
 *
 * <p>A close makes look-ups in the {@link SlabIndex} fail. So the checked paths need no test for it: they fail over to
 * the slow path and {@link #requireOpen}. A close is pending until the live objects are counted; it may then be
 * refused.
 */
public final class CacheCore {
    final CacheIdentity identity;
    final Mode mode;

    /** False for a cache with {@code lockless(false)}, and for a debugged one. */
    final boolean hasMagazines;

    final SlabSupply supply;
    final SlabIndex index;
    final MagazineLayer magazines;
    final ScratchArrays scratches;
    final Exhaustions exhaustions;

    /** Threads that reserve objects; meanwhile, the cache gives no memory to others. */
    final AtomicInteger reserving = new AtomicInteger();

    final Budgets budgets;
    private final Optional<Construction> construction;

    CacheCore(
            CacheIdentity identity,
            Mode mode,
            boolean hasMagazines,
            SlabSupply supply,
            MagazineLayer magazines,
            Budgets budgets,
            Optional<Construction> construction) {
        this.identity = identity;
        this.mode = mode;
        this.hasMagazines = hasMagazines;
        this.supply = supply;
        this.index = supply.index();
        this.exhaustions = new Exhaustions(identity, maxObjects());
        supply.latencies().nameCache(identity.name(), identity.id());
        this.magazines = magazines;
        this.scratches = new ScratchArrays(supply);
        this.budgets = budgets;
        this.construction = construction;
    }

    /** Whether objects have live bytes. */
    boolean isChecked() {
        return mode == Mode.CHECKED;
    }

    /** {@return name and number of the cache} */
    public CacheIdentity identity() {
        return identity;
    }

    /** {@return the slabs by address} */
    public SlabIndex index() {
        return index;
    }

    /** {@return the magazines of all threads, and the depot} */
    public MagazineLayer magazines() {
        return magazines;
    }

    /** {@return the bytes of each object} */
    public long objectSize() {
        return supply.geometry().objectSize();
    }

    /** {@return the alignment of each object in bytes} */
    public long alignment() {
        return supply.geometry().alignment();
    }

    /** The slab of an address, or null. Unlike the index, never misled by a table that is being replaced. */
    public Slab slabOf(long address) {
        Slab slab = index.find(address);
        return slab != null ? slab : supply.find(address);
    }

    /** The slab of any address, or null. Waits for a pending close, so null is certain. */
    public @Nullable Slab find(long address) {
        Slab slab = findUnlessClosed(address);
        if (slab == null) {
            requireOpen();
        }
        return slab;
    }

    /** {@link #find}, but null once the cache is closed. */
    private @Nullable Slab findUnlessClosed(long address) {
        @Nullable Slab slab;
        long seals;
        do {
            seals = supply.seals();
            slab = supply.isOpen() ? slabOf(address) : null;
        } while (slab == null && seals != supply.seals());
        return slab;
    }

    /** Whether an object starts at an address. */
    boolean owns(long address) {
        Slab slab = findUnlessClosed(address);
        return slab != null && slab.startsAt(address);
    }

    /** Whether memory of the cache lies at an address. */
    boolean covers(long address) {
        return index.find(address) != null;
    }

    /** The bound on live objects. */
    long maxObjects() {
        return supply.geometry().maxObjects();
    }

    /** The slab of an object that the caller owns. Waits for a pending close. */
    public Slab requireSlab(long address) {
        Slab slab = slabOf(address);
        while (slab == null) {
            requireOpen();
            slab = slabOf(address);
        }
        return slab;
    }

    /** Records that an object is live. */
    void handOut(Slab slab, long address) {
        if (isChecked()) {
            slab.markLive(address);
        }
    }

    MemorySegment segment(long address) {
        Slab found = index.find(address);
        Slab slab = found != null ? found : find(address);
        if (slab == null || !slab.startsAt(address)) {
            throw new IllegalArgumentException("0x" + Long.toHexString(address) + " is not the start of an object of "
                    + this + "; expected an address that it handed out");
        }
        return slab.handle(address);
    }

    /** The calling thread's cache, looked up again because a call may have registered it. */
    ThreadCache current() {
        return magazines.caches().current();
    }

    /** Whether the calling thread runs the user's constructor, and so cannot get another slab. */
    boolean isConstructing() {
        return construction.isPresent() && construction.get().isRunning();
    }

    /** Whether the cache is open; waits for a pending close. */
    public boolean isOpen() {
        return supply.isOpen();
    }

    /** Throws if the cache is closed; waits for a pending close. */
    public void requireOpen() {
        if (!supply.isOpen()) {
            throw closed();
        }
    }

    /** Throws if the cache is closed; does not wait, and passes while a close is pending. */
    void requireNotClosed() {
        if (supply.isClosed()) {
            throw closed();
        }
    }

    private IllegalStateException closed() {
        return new IllegalStateException(this + " is closed");
    }

    @Override
    public String toString() {
        return identity.toString();
    }
}
