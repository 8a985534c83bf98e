package io.slabcache;

import io.slabcache.internal.magazine.MagazineLayer;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import io.slabcache.internal.slab.SlabSupply;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * What {@link SlabCache} and {@link LocalCache} do once it is known whose {@link ThreadCache} is to be used.
 *
 * <p>Each fast path is a pop or a push and, if checked, a look in the {@link SlabIndex}; everything else is in a slow
 * method beside it. A close makes the look fail, so the checked fast paths need no test for it.
 */
final class Engine {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    final String name;
    final SlabIndex index;
    final MagazineLayer magazines;
    final Misuse misuse;
    final Inspection inspection;
    final SlabSupply supply;
    final boolean checked;
    private final boolean lockless;
    final LongAdder exhaustions = new LongAdder();
    private final AtomicBoolean warnedNotLockless = new AtomicBoolean();

    Engine(SlabCacheBuilder builder, SlabSupply supply, int magazineCapacity) {
        this.name = builder.name;
        this.supply = supply;
        this.index = supply.index();
        this.lockless = builder.lockless;
        this.magazines = new MagazineLayer(supply, lockless ? magazineCapacity : 0);
        this.checked = builder.checks == Checks.STANDARD;
        this.misuse = new Misuse(this, builder.misusePolicy);
        this.inspection = new Inspection(this);
    }

    long tryAllocateAddress(ThreadCache cache) {
        long address = cache.pop();
        if (checked) {
            Slab slab = cache.slabOf(address, index);
            if (slab == null) {
                return allocateSlow(cache, address);
            }
            slab.markLive(address);
            return address;
        }
        return address != 0 ? address : allocateSlow(cache, 0);
    }

    long allocateAddress(ThreadCache cache) {
        long address = tryAllocateAddress(cache);
        if (address == 0) {
            throw exhausted(1);
        }
        return address;
    }

    MemorySegment tryAllocate(ThreadCache cache) {
        long address = cache.pop();
        Slab slab = cache.slabOf(address, index);
        if (slab == null) {
            address = allocateSlow(cache, address);
            return address == 0 ? null : handle(address);
        }
        if (checked) {
            slab.markLive(address);
        }
        return slab.handle(address);
    }

    MemorySegment allocate(ThreadCache cache) {
        MemorySegment object = tryAllocate(cache);
        if (object == null) {
            throw exhausted(1);
        }
        return object;
    }

    /** There was nothing to pop, or the cache was closed, or is being closed, while the caller popped. */
    private long allocateSlow(ThreadCache cache, long popped) {
        if (popped != 0) {
            cache.unpop(popped);
        }
        while (true) {
            requireOpen();
            long address = magazines.allocate(cache);
            if (address == 0) {
                exhaustions.increment();
                return 0;
            }
            Slab slab = slabOf(address);
            if (slab != null) {
                handOut(slab, address);
                magazines.current().guess(slab);
                return address;
            }
            // Closed meanwhile, or a close is being decided: the next turn finds out.
            magazines.free(cache, address);
        }
    }

    /** Without a guess, and beyond doubt. */
    private Slab slabOf(long address) {
        Slab slab = index.find(address);
        return slab != null ? slab : supply.find(address);
    }

    private void handOut(Slab slab, long address) {
        if (checked) {
            slab.markLive(address);
        }
    }

    /** Never waits, so it does not find out whether a close that is being decided comes about. */
    long tryAllocateAddressCached(ThreadCache cache) {
        if (!lockless) {
            if (warnedNotLockless.compareAndSet(false, true)) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "tryAllocateCached on " + this + ", which was built with"
                                + " lockless(false): taking the locked path, as allocate does");
            }
            return tryAllocateAddress(cache);
        }
        long address = cache.pop();
        if (address == 0) {
            address = magazines.allocateCached(cache);
        }
        if (address == 0) {
            return 0;
        }
        Slab slab = cache.slabOf(address, index);
        if (slab == null) {
            magazines.free(cache, address);
            requireOpen();
            return 0;
        }
        handOut(slab, address);
        return address;
    }

    MemorySegment tryAllocateCached(ThreadCache cache) {
        long address = tryAllocateAddressCached(cache);
        return address == 0 ? null : handle(address);
    }

    void freeAddress(ThreadCache cache, long address) {
        if (!checked || takeBack(cache.slabOf(address, index), address)) {
            push(cache, address);
        } else {
            freeRefused(cache, address);
        }
    }

    /** Marks a live object free; false, and nothing changed, if the address is not that of one. */
    private static boolean takeBack(Slab slab, long address) {
        return slab != null && slab.startsAt(address) && slab.markFree(address);
    }

    void free(ThreadCache cache, MemorySegment object) {
        if (object != null) {
            long address = object.address();
            if (!checked || takeBack(cache.slabOf(address, index), address, object)) {
                push(cache, address);
                return;
            }
        }
        freeRefused(cache, object);
    }

    /** For a segment: the handle itself, which needs no further check, or an equal view. */
    private boolean takeBack(Slab slab, long address, MemorySegment object) {
        return slab != null
                && (slab.isHandle(object, address) || (isWholeObject(object) && slab.startsAt(address)))
                && slab.markFree(address);
    }

    private boolean isWholeObject(MemorySegment object) {
        return object.isNative()
                && object.byteSize() == objectSize()
                && !object.isReadOnly()
                && object.scope().isAlive();
    }

    void push(ThreadCache cache, long address) {
        if (!cache.push(address)) {
            pushSlow(cache, address);
        }
    }

    private void pushSlow(ThreadCache cache, long address) {
        requireOpen();
        magazines.free(cache, address);
        Slab slab = index.find(address);
        if (slab != null) {
            magazines.current().guess(slab);
        }
    }

    /** A misuse, unless the look-up failed only because the cache was just not being closed. */
    private void freeRefused(ThreadCache cache, long address) {
        if (takeBackChecked(address)) {
            push(cache, address);
        } else {
            misuse.report(misuse.diagnose(address));
        }
    }

    private void freeRefused(ThreadCache cache, MemorySegment object) {
        if (takeBackChecked(object)) {
            push(cache, object.address());
        } else {
            misuse.report(misuse.diagnose(object));
        }
    }

    /** Waits for the end of a close that is being decided, then marks a live object free if it is one. */
    boolean takeBackChecked(long address) {
        requireOpen();
        return takeBack(slabOf(address), address);
    }

    /** {@link #takeBackChecked(long)} for a segment, or {@code null}. */
    boolean takeBackChecked(MemorySegment object) {
        requireOpen();
        return object != null && takeBack(slabOf(object.address()), object.address(), object);
    }

    /** Undoes that an object was taken back. */
    void handOutAgain(long address) {
        handOut(slabOf(address), address);
    }

    MemorySegment handle(long address) {
        Slab slab = index.find(address);
        if (slab == null) {
            requireOpen();
            slab = supply.find(address);
        }
        if (slab == null || !slab.startsAt(address)) {
            throw new IllegalArgumentException("0x" + Long.toHexString(address) + " is not the start of an object of "
                    + this + "; expected an address that it handed out");
        }
        return slab.handle(address);
    }

    void flush(ThreadCache own) {
        requireOpen();
        magazines.flush(own);
    }

    int prefill(ThreadCache own, int objects) {
        if (objects < 0) {
            throw new IllegalArgumentException("objects is " + objects + "; expected 0 or more");
        }
        requireOpen();
        return magazines.prefill(own, objects);
    }

    long shrink() {
        requireOpen();
        magazines.reclaim();
        return supply.shrink();
    }

    /** Waits for the end of a close that is being decided. */
    void requireOpen() {
        if (!supply.isOpen()) {
            throw new IllegalStateException(this + " is closed");
        }
    }

    CacheExhaustedException exhausted(long asked) {
        return new CacheExhaustedException(name, asked, inspection.stats());
    }

    long objectSize() {
        return supply.geometry().objectSize();
    }

    long alignment() {
        return supply.geometry().alignment();
    }

    @Override
    public String toString() {
        return "cache '" + name + "'";
    }
}
