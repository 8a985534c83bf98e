package io.slabcache.internal.cache;

import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.internal.debug.Damage;
import io.slabcache.internal.debug.DebugLayer;
import io.slabcache.internal.debug.FaultInjector;
import io.slabcache.internal.debug.Release;
import io.slabcache.internal.debug.SlabObject;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The slow path of a debugged cache, which every call takes: past the magazines and through the {@link DebugLayer}.
 *
 * <p>Such a cache has magazines of capacity zero and keeps no live bytes: there is nothing to pop, and every free is
 * refused by the fast path as that of an object which is not live. Both end on the slow paths, which lead here.
 */
final class DebuggedPath implements SlowPath {
    /** An object that lost its way in an overflow of the stack would be a false alarm later. */
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
            core.exhaustions.increment();
            return 0;
        }
        ObjectTrack by = layer.track();
        while (true) {
            long address = take(cache);
            if (address == 0) {
                // Closed meanwhile looks like exhausted.
                core.requireOpen();
                core.exhaustions.increment();
                return 0;
            }
            Release release = handOut(address, by);
            if (release == null) {
                // Closed meanwhile, or a close is being decided.
                core.requireOpen();
            } else if (release.damages().isEmpty()) {
                log.trace("allocated", address);
                return address;
            } else {
                found.report(release);
            }
        }
    }

    /** An object that is nobody else's: from the slabs or, at the bound, the one that is in quarantine longest; or 0. */
    private long take(ThreadCache cache) {
        long there = core.isConstructing() ? takeWithoutGrowth() : 0;
        long address = there != 0 ? there : core.magazines.allocate(cache);
        return address != 0 ? address : takeQuarantined();
    }

    /** Within the constructor of a slab there cannot be another one: what waits in quarantine is all that is left. */
    private long takeWithoutGrowth() {
        long[] address = new long[1];
        return core.supply.refillFromFree(address, 0, 1) == 1 ? address[0] : takeQuarantined();
    }

    private long takeQuarantined() {
        SlabObject object = layer.takeQuarantined();
        return object == null ? 0 : object.address();
    }

    /** Has an object looked at that was taken out; it goes back if that fails, or, with null, if its slab is not in use. */
    private Release handOut(long address, ObjectTrack by) {
        Release release = null;
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
    private Slab find(long address) {
        claimStack();
        long seals;
        Slab slab;
        do {
            // A look-up may fail only because a close is being decided: it is made again after that.
            seals = core.supply.seals();
            core.requireOpen();
            slab = core.slabOf(address);
        } while (slab == null && seals != core.supply.seals());
        return slab != null && slab.startsAt(address) ? slab : null;
    }

    @Override
    public void free(ThreadCache cache, MemorySegment object) {
        if (marks.isOneObject(object)) {
            free(object.address());
            // Or else the object would seem to have leaked while it is being freed.
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
     * Frees all or none. What else is part of the call is done once these are free, and before damage is reported.
     *
     * @return the first entry that is no live object, or -1
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

    /** A close by force takes the memory away that is being looked at. */
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

    /** Allocates nothing: these objects are in no other place. */
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

    /** Looks at slabs whose memory is about to go back; what it returns reports what was found. */
    Runnable lastLook(List<Slab> slabs) {
        List<Damage> damages = layer.lastLook(slabs);
        return () -> found.tell(damages);
    }

    @Override
    public long exchangeGuarded(ThreadCache cache, long given) {
        return given;
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
}
