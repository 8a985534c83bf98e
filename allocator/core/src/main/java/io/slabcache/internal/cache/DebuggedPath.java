package io.slabcache.internal.cache;

import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.internal.debug.Damage;
import io.slabcache.internal.debug.DebugLayer;
import io.slabcache.internal.debug.FaultInjector;
import io.slabcache.internal.debug.Release;
import io.slabcache.internal.debug.SlabObject;
import io.slabcache.internal.debug.UsedSizes;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The slow path of a debugged cache. Every call takes it, past the magazines and through the {@link DebugLayer}.
 *
 * <p>A debugged cache has magazines of capacity zero and no live bytes. So the fast path finds nothing to pop and
 * refuses every free, and both end here.
 */
final class DebuggedPath implements SlowPath {
    /** In stack reserves: an object lost in a stack overflow would cause a false alarm later. */
    private static final int STACK = 32;

    private static final String NO_STACK =
            "a call of a debugged cache needs about 128 KiB of stack, and nothing was done;"
                    + " expected threads with a stack of 256 KiB or more (-Xss), is there an endless recursion?";

    private final CacheCore core;
    private final DebugLayer layer;
    private final DebugLog log;
    private final Optional<FaultInjector> faults;
    private final FreeMarks marks;
    private final DamageReports found;
    private final Misuse misuse;
    private final Leaks leaks;

    DebuggedPath(
            CacheCore core,
            DebugLayer layer,
            DebugLog log,
            Optional<FaultInjector> faults,
            DamageReports found,
            Misuse misuse,
            Leaks leaks) {
        this.core = core;
        this.layer = layer;
        this.log = log;
        this.faults = faults;
        this.marks = new FreeMarks(core);
        this.found = found;
        this.misuse = misuse;
        this.leaks = leaks;
    }

    private static void claimStack() {
        try {
            StackReserve.claim(STACK);
        } catch (StackOverflowError e) {
            throw new StackOverflowError(NO_STACK);
        }
    }

    @Override
    public long allocate(ThreadCache cache) {
        claimStack();
        core.requireOpen();
        if (faults.isPresent() && faults.get().fails()) {
            core.exhaustions.add();
            return 0;
        }
        ObjectTrack by = layer.track();
        while (true) {
            long address = take(cache);
            if (address == 0) {
                // A closed cache looks exhausted.
                core.requireOpen();
                core.exhaustions.add();
                return 0;
            }
            Release release = handOut(address, by);
            if (release == null) {
                // Closed, or a close is pending.
                core.requireOpen();
            } else if (release.damages().isEmpty()) {
                log.trace("allocated", address);
                return address;
            } else {
                found.report(release);
            }
        }
    }

    /** Takes an object that no caller owns: from the slabs or, at the bound, the oldest one in quarantine; or 0. */
    private long take(ThreadCache cache) {
        long there = core.isConstructing() ? takeWithoutGrowth() : 0;
        long address = there != 0 ? there : core.magazines.allocate(cache);
        return address != 0 ? address : takeQuarantined();
    }

    /** A constructor cannot get another slab, so only free objects and the quarantine are left. */
    private long takeWithoutGrowth() {
        long[] address = new long[1];
        return core.supply.refillFromFree(address, 0, 1) == 1 ? address[0] : takeQuarantined();
    }

    private long takeQuarantined() {
        SlabObject object = layer.takeQuarantined();
        return object == null ? 0 : object.address();
    }

    /** Checks an object just taken. It goes back if that fails; also, with a null result, if its slab left use. */
    private @Nullable Release handOut(long address, @Nullable ObjectTrack by) {
        @Nullable Release release = null;
        try {
            leaks.forget(address);
            Slab slab = core.slabOf(address);
            if (slab != null) {
                release = unlessClosed(() -> layer.handOut(SlabObject.at(slab, address), by));
                giveBack(release);
            }
            return release;
        } finally {
            if (release == null) {
                core.supply.putBack(address);
            }
        }
    }

    @Override
    public void free(ThreadCache cache, long address) {
        free(address);
    }

    private void free(long address) {
        Slab slab = find(address);
        if (slab == null || takeBack(List.of(SlabObject.at(slab, address)), () -> {}) >= 0) {
            misuse.report(address);
        }
    }

    /** The slab in which an object starts, or null. */
    private @Nullable Slab find(long address) {
        claimStack();
        Slab slab = core.find(address);
        return slab != null && slab.startsAt(address) ? slab : null;
    }

    @Override
    public void free(ThreadCache cache, @Nullable MemorySegment object) {
        if (object != null && marks.isOneObject(object)) {
            free(object.address());
            // Keeps a watched segment reachable, so that no leak is reported during its free.
            Reference.reachabilityFence(object);
        } else {
            core.requireOpen();
            misuse.report(object);
        }
    }

    @Override
    public void freeBulk(ThreadCache cache, long[] addresses, int bad) {
        int refused = free(addresses, addresses.length, () -> {});
        if (refused >= 0) {
            misuse.reportEntry(refused, addresses[refused]);
        }
    }

    @Override
    public void freeBulk(ThreadCache cache, MemorySegment[] objects, int bad) {
        long[] addresses = new long[objects.length];
        for (int i = 0; i < objects.length; i++) {
            if (!marks.isOneObject(objects[i])) {
                misuse.reportEntry(i, objects[i]);
                return;
            }
            addresses[i] = objects[i].address();
        }
        freeBulk(cache, addresses, 0);
        Reference.reachabilityFence(objects);
    }

    /**
     * Frees all objects or none. Runs {@code rest}, the rest of the call, after that and before damage is reported.
     *
     * @return the first entry that is not a live object, or -1
     */
    int free(long[] addresses, int count, Runnable rest) {
        List<SlabObject> objects = new ArrayList<>(count);
        int bad = -1;
        for (int i = 0; bad < 0 && i < count; i++) {
            Slab slab = find(addresses[i]);
            if (slab == null) {
                bad = i;
            } else {
                objects.add(SlabObject.at(slab, addresses[i]));
            }
        }
        return bad >= 0 ? bad : takeBack(objects, rest);
    }

    private int takeBack(List<SlabObject> objects, Runnable rest) {
        ObjectTrack by = layer.track();
        Release release = unlessClosed(() -> layer.takeBack(objects, by));
        if (release.refused() < 0) {
            giveBack(release);
            try {
                rest.run();
            } finally {
                for (int i = 0; i < objects.size(); i++) {
                    log.trace("freed", objects.get(i).address());
                }
                found.report(release);
            }
        }
        return release.refused();
    }

    /** A forced close may remove the memory under inspection. */
    private Release unlessClosed(Supplier<Release> step) {
        try {
            return step.get();
        } catch (IllegalStateException e) {
            core.requireNotClosed();
            throw e;
        }
    }

    @Override
    public void undo(long address) {
        Slab slab = core.index.findHidden(address);
        if (slab != null) {
            layer.undo(slab, slab.indexOf(address));
        }
        core.supply.putBack(address);
    }

    /** Cannot fail for lack of heap: these objects are recorded nowhere else. */
    private void giveBack(Release release) {
        if (release.leavings() > 0) {
            core.supply.flush(release.leaving(), 0, release.leavings());
        }
    }

    @Override
    public long shrink() {
        for (long address; (address = takeQuarantined()) != 0; ) {
            core.supply.putBack(address);
        }
        return 0;
    }

    /** Inspects slabs before their memory goes back; the result reports the damage. */
    Runnable lastLook(List<Slab> slabs) {
        List<Damage> damages = layer.lastLook(slabs);
        return () -> found.tell(damages);
    }

    @Override
    public UsedSizes sizes(long address) {
        return layer.sizes();
    }

    @Override
    public boolean wasInjected() {
        return faults.isPresent() && faults.get().wasInjected();
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
}
