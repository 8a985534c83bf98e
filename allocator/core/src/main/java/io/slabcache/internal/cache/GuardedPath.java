package io.slabcache.internal.cache;

import io.slabcache.internal.debug.UsedSizes;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The slow path of a cache with guarded objects: it asks the {@link Guard} and the {@link OrdinaryPath}. */
final class GuardedPath implements SlowPath {
    private final CacheCore core;
    private final OrdinaryPath ordinary;
    private final Guard guard;
    private final FreeMarks marks;
    private final FreedObjects freed;
    private final Misuse misuse;

    GuardedPath(CacheCore core, OrdinaryPath ordinary, Guard guard, Misuse misuse) {
        this.core = core;
        this.ordinary = ordinary;
        this.guard = guard;
        this.marks = new FreeMarks(core);
        this.freed = new FreedObjects(core);
        this.misuse = misuse;
    }

    @Override
    public long allocate(ThreadCache cache) {
        long address = guard.sample(cache);
        if (address == 0) {
            address = ordinary.tryAllocate(cache);
        }
        if (address == 0) {
            // At the bound only guarded objects may be left.
            address = guard.allocate();
        }
        if (address == 0) {
            core.exhaustions.add();
        }
        return address;
    }

    @Override
    public long exchangeGuarded(ThreadCache cache, long given) {
        return guard.undo(given) ? ordinary.allocate(cache) : given;
    }

    @Override
    public @Nullable UsedSizes sizes(long address) {
        return guard.covers(address) ? guard.sizes(address) : null;
    }

    @Override
    public void free(ThreadCache cache, long address) {
        if (!ordinary.tryFree(cache, address) && !guard.free(address)) {
            misuse.report(address);
        }
    }

    @Override
    public void free(ThreadCache cache, @Nullable MemorySegment object) {
        if (!ordinary.tryFree(cache, object) && !guard.free(object)) {
            misuse.report(object);
        }
    }

    @Override
    public void freeBulk(ThreadCache cache, long[] addresses, int bad) {
        if (guard.surelyCovers(addresses[bad])) {
            mixedFree(cache).free(addresses);
        } else {
            misuse.reportEntry(bad, addresses[bad]);
        }
    }

    @Override
    public void freeBulk(ThreadCache cache, MemorySegment[] objects, int bad) {
        MemorySegment object = objects[bad];
        if (object != null && object.isNative() && guard.surelyCovers(object.address())) {
            mixedFree(cache).free(Arrays.copyOf(objects, objects.length));
        } else {
            misuse.reportEntry(bad, object);
        }
    }

    private MixedFree mixedFree(ThreadCache cache) {
        return new MixedFree(cache, guard, marks, freed, misuse);
    }

    @Override
    public void undo(long address) {
        if (!guard.undo(address)) {
            ordinary.undo(address);
        }
    }

    @Override
    public MemorySegment segment(long address) {
        return core.index.find(address) == null && guard.covers(address)
                ? guard.segment(address)
                : ordinary.segment(address);
    }

    @Override
    public @Nullable Slab slabOf(long address) {
        Slab slab = core.index.find(address);
        if (slab == null) {
            slab = guard.slabOf(address);
        }
        return slab != null ? slab : ordinary.slabOf(address);
    }

    @Override
    public @Nullable Misuse guardedMisuse(long address) {
        return guard.covers(address) ? guard.misuse() : null;
    }

    @Override
    public boolean owns(long address) {
        return ordinary.owns(address) || guard.owns(address);
    }

    @Override
    public boolean covers(long address) {
        return ordinary.covers(address) || guard.covers(address);
    }

    @Override
    public long maxObjects() {
        long bound = ordinary.maxObjects();
        return bound == Long.MAX_VALUE ? bound : bound + guard.maxObjects();
    }

    @Override
    public long shrink() {
        return guard.shrink();
    }
}
