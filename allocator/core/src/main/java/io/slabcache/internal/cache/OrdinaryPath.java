package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;

/** The slow path of a cache whose objects all have live bytes, or whose callers are trusted: through depot and slabs. */
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
            core.exhaustions.increment();
        }
        return address;
    }

    /** {@link #allocate}, but a failure is not counted. */
    long tryAllocate(ThreadCache cache) {
        boolean wasExhausted = cache.isExhausted();
        while (true) {
            core.requireOpen();
            long address = core.magazines.allocate(cache);
            if (address == 0) {
                // Closed meanwhile looks like exhausted.
                core.requireOpen();
                return 0;
            }
            Slab slab = core.slabOf(address);
            if (slab != null) {
                core.handOut(slab, address);
                // Not the cache that was given: a thread's first allocation has registered one.
                ThreadCache own = core.current();
                own.learn(slab, address);
                if (wasExhausted) {
                    own.beginCount();
                }
                return address;
            }
            // Closed meanwhile, or a close is being decided: the next turn finds out.
            undo(address);
        }
    }

    @Override
    public long exchangeGuarded(ThreadCache cache, long given) {
        return given;
    }

    @Override
    public boolean wasInjected() {
        return false;
    }

    @Override
    public void free(ThreadCache cache, long address) {
        if (!tryFree(cache, address)) {
            misuse.report(address);
        }
    }

    /** Frees a live object, also one that was handed out under a generation; false if there is none. */
    boolean tryFree(ThreadCache cache, long address) {
        // The look-up may have failed only because of a close that was then refused.
        boolean isFreed = marks.markSurely(address);
        if (isFreed) {
            freed.push(cache, address);
        }
        return isFreed;
    }

    @Override
    public void free(ThreadCache cache, MemorySegment object) {
        if (!tryFree(cache, object)) {
            misuse.report(object);
        }
    }

    /** {@link #tryFree(ThreadCache, long)} of a segment. */
    boolean tryFree(ThreadCache cache, MemorySegment object) {
        boolean isFreed = marks.markSurely(object);
        if (isFreed) {
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
    public boolean owns(long address) {
        Slab slab = core.findUnlessClosed(address);
        return slab != null && slab.startsAt(address);
    }

    @Override
    public boolean covers(long address) {
        return core.index.find(address) != null;
    }

    @Override
    public long maxObjects() {
        return core.supply.geometry().maxObjects();
    }

    @Override
    public long shrink() {
        return 0;
    }
}
