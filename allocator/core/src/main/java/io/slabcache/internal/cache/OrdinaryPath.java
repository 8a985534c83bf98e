package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The slow path of a checked or unchecked cache without guarded objects: through depot and slabs. */
final class OrdinaryPath implements SlowPath {
    private final CacheCore core;
    private final FreeMarks marks;
    private final FreedObjects freed;
    private final Misuse misuse;

    OrdinaryPath(CacheCore core, Misuse misuse) {
        this.core = core;
        this.marks = new FreeMarks(core);
        this.freed = new FreedObjects(core);
        this.misuse = misuse;
    }

    @Override
    public long allocate(ThreadCache cache) {
        long address = tryAllocate(cache);
        if (address == 0) {
            core.exhaustions.add();
        }
        return address;
    }

    /** Like {@link #allocate}, but does not count a failure. */
    long tryAllocate(ThreadCache cache) {
        return core.hasMagazines ? allocateCached(cache) : allocateUncached();
    }

    /** Allocates one object from the slab list, in one section under its lock. */
    private long allocateUncached() {
        long address = core.supply.allocate(core.isChecked());
        if (address == 0) {
            // A closed cache looks exhausted.
            core.requireOpen();
        }
        return address;
    }

    private long allocateCached(ThreadCache cache) {
        boolean wasExhausted = cache.isExhausted();
        while (true) {
            core.requireOpen();
            long address = core.magazines.allocate(cache);
            if (address == 0) {
                // A closed cache looks exhausted.
                core.requireOpen();
                return 0;
            }
            Slab slab = core.slabOf(address);
            if (slab != null) {
                core.handOut(slab, address);
                // Looked up again, because a thread's first allocation has registered a cache.
                ThreadCache own = core.current();
                own.learn(slab, address);
                if (wasExhausted) {
                    own.beginCount();
                }
                return address;
            }
            // Closed, or a close is pending: the next iteration finds out.
            undo(address);
        }
    }

    @Override
    public void free(ThreadCache cache, long address) {
        if (!tryFree(cache, address)) {
            misuse.report(address);
        }
    }

    /** Frees a live object, with or without a generation; false if there is none. */
    boolean tryFree(ThreadCache cache, long address) {
        // The fast path's look-up may have failed only because of a close that was then refused.
        boolean isFreed = marks.markSurely(address);
        if (isFreed) {
            freed.push(cache, address);
        }
        return isFreed;
    }

    @Override
    public void free(ThreadCache cache, @Nullable MemorySegment object) {
        if (!tryFree(cache, object)) {
            misuse.report(object);
        }
    }

    boolean tryFree(ThreadCache cache, @Nullable MemorySegment object) {
        boolean isFreed = marks.markSurely(object);
        if (object != null && isFreed) {
            freed.push(cache, object.address());
        }
        return isFreed;
    }

    @Override
    public void freeBulk(ThreadCache cache, long[] addresses, int bad) {
        misuse.reportEntry(bad, addresses[bad]);
    }

    @Override
    public void freeBulk(ThreadCache cache, MemorySegment[] objects, int bad) {
        misuse.reportEntry(bad, objects[bad]);
    }

    @Override
    public void undo(long address) {
        if (core.isChecked()) {
            FreeMarks.markAny(core.index.findHidden(address), address);
        }
        core.supply.putBack(address);
    }

    @Override
    public MemorySegment segment(long address) {
        return core.segment(address);
    }

    @Override
    public @Nullable Slab slabOf(long address) {
        return core.find(address);
    }

    @Override
    public boolean owns(long address) {
        return core.owns(address);
    }

    @Override
    public boolean covers(long address) {
        return core.covers(address);
    }

    @Override
    public long maxObjects() {
        return core.maxObjects();
    }

    @Override
    public long shrink() {
        return 0;
    }
}
