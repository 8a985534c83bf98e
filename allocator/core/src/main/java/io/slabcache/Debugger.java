package io.slabcache;

import io.slabcache.internal.debug.Damage;
import io.slabcache.internal.debug.DebugCounts;
import io.slabcache.internal.debug.DebugLayer;
import io.slabcache.internal.debug.Description;
import io.slabcache.internal.debug.FaultInjector;
import io.slabcache.internal.debug.LeakWatches;
import io.slabcache.internal.debug.Release;
import io.slabcache.internal.debug.Sample;
import io.slabcache.internal.debug.SlabObject;
import io.slabcache.internal.debug.Survey;
import io.slabcache.internal.debug.Tally;
import io.slabcache.internal.debug.Track;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.StackReserve;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The ways of allocation and free in a debugged cache, past the magazines and through the {@link DebugLayer}.
 *
 * <p>Such a cache has magazines of capacity zero and keeps no live bytes: there is nothing to pop, and every free is
 * refused by the fast path as that of an object which is not live. Both end on the slow paths, which lead here.
 */
final class Debugger implements LeakWatches.Liveness {
    /** An object that lost its way in an overflow of the stack would be a false alarm later. */
    private static final int STACK = 32;

    private static final String NO_STACK =
            "a call of a debugged cache needs about 128 KiB of stack, and nothing was done;"
                    + " expected threads with a stack of 256 KiB or more (-Xss), is there an endless recursion?";

    private final Engine engine;
    private final DebugLayer layer;
    private final DebugLog log;

    /** Null unless allocations fail on purpose. */
    private final FaultInjector faults;

    Debugger(Engine engine, DebugPlan plan, DebugLayer layer) {
        this.engine = engine;
        this.layer = layer;
        this.log = new DebugLog(engine, plan.isTraced());
        this.faults = plan.faults() == null ? null : new FaultInjector(plan.faults());
        engine.supply.departures().watch(this::lastLook);
    }

    private static void claimStack() {
        try {
            StackReserve.claim(STACK);
        } catch (StackOverflowError e) {
            throw new StackOverflowError(NO_STACK);
        }
    }

    /** An object, or 0 at the bound or if that is what was asked for. */
    long allocate(ThreadCache cache) {
        claimStack();
        engine.requireOpen();
        if (faults != null && faults.fails()) {
            engine.exhaustions.increment();
            return 0;
        }
        Track by = layer.track();
        while (true) {
            long address = take(cache);
            if (address == 0) {
                // Closed meanwhile looks like exhausted.
                engine.requireOpen();
                engine.exhaustions.increment();
                return 0;
            }
            Release release = handOut(address, by);
            if (release == null) {
                // Closed meanwhile, or a close is being decided.
                engine.requireOpen();
            } else if (release.damages().isEmpty()) {
                log.trace("allocated", address);
                return address;
            } else {
                report(release);
            }
        }
    }

    /** An object that is nobody else's: from the slabs or, at the bound, the one that is in quarantine longest; or 0. */
    private long take(ThreadCache cache) {
        long there = engine.isConstructing() ? takeWithoutGrowth() : 0;
        long address = there != 0 ? there : engine.magazines.allocate(cache);
        return address != 0 ? address : takeQuarantined();
    }

    /** Within the constructor of a slab there cannot be another one: what waits in quarantine is all that is left. */
    private long takeWithoutGrowth() {
        long[] address = new long[1];
        return engine.supply.refillFromFree(address, 0, 1) == 1 ? address[0] : takeQuarantined();
    }

    private long takeQuarantined() {
        SlabObject object = layer.takeQuarantined();
        return object == null ? 0 : object.address();
    }

    /** Has an object looked at that was taken out; it goes back if that fails, or, with null, if its slab is not in use. */
    private Release handOut(long address, Track by) {
        Release release = null;
        try {
            if (engine.leaks != null) {
                engine.leaks.forget(address);
            }
            Slab slab = engine.slabOf(address);
            if (slab != null) {
                release = unlessClosed(() -> layer.handOut(SlabObject.at(slab, address), by));
                giveBack(release);
            }
            return release;
        } finally {
            if (release == null) {
                engine.supply.putBack(address);
            }
        }
    }

    void free(long address) {
        Slab slab = find(address);
        if (slab == null || takeBack(List.of(SlabObject.at(slab, address)), () -> {}) >= 0) {
            engine.misuse.report(address);
        }
    }

    /** The slab in which an object starts, or null. */
    private Slab find(long address) {
        claimStack();
        long seals;
        Slab slab;
        do {
            // A look-up may fail only because a close is being decided: it is made again after that.
            seals = engine.supply.seals();
            engine.requireOpen();
            slab = engine.slabOf(address);
        } while (slab == null && seals != engine.supply.seals());
        return slab != null && slab.startsAt(address) ? slab : null;
    }

    /** Frees all or none; returns the first entry that is no live object, or -1. */
    int free(long[] addresses, int count) {
        return free(addresses, count, () -> {});
    }

    /** The same; what else is part of the call is done once these are free, and before damage is reported. */
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
        Track by = layer.track();
        Release release = unlessClosed(() -> layer.takeBack(objects, by));
        if (release.refused() < 0) {
            giveBack(release);
            try {
                rest.run();
            } finally {
                for (int i = 0; i < objects.size(); i++) {
                    log.trace("freed", objects.get(i).address());
                }
                report(release);
            }
        }
        return release.refused();
    }

    /** A close by force takes the memory away that is being looked at. */
    private Release unlessClosed(Supplier<Release> step) {
        try {
            return step.get();
        } catch (IllegalStateException e) {
            engine.requireNotClosed();
            throw e;
        }
    }

    /** Comes last, for it may throw; but not that the heap is full, which would say that the step was not done. */
    private void report(Release release) {
        try {
            if (!release.damages().isEmpty()) {
                engine.reports.found(release.damages().stream()
                        .map(damage -> MisuseReport.of(engine, damage))
                        .toList());
            }
        } catch (OutOfMemoryError e) {
            engine.reports.lost();
        }
    }

    /** Undoes that an object was handed out, to a caller that never saw it. Allocates nothing. */
    void undo(long address) {
        Slab slab = engine.index.findHidden(address);
        if (slab != null) {
            layer.undo(slab, slab.indexOf(address));
        }
    }

    /** Allocates nothing: these objects are in no other place. */
    private void giveBack(Release release) {
        if (release.leavings() > 0) {
            engine.supply.flush(release.leaving(), 0, release.leavings());
        }
    }

    /** Gives everything that waits to the slab lists. */
    void drain() {
        for (long address; (address = takeQuarantined()) != 0; ) {
            engine.supply.putBack(address);
        }
    }

    void close() {
        layer.close();
    }

    /**
     * Looks at slabs whose memory is about to go back. What is found is reported, but not thrown: the call gets its work done.
     */
    private Runnable lastLook(List<Slab> slabs) {
        List<Damage> damages = layer.lastLook(slabs);
        return () -> damages.forEach(this::tell);
    }

    private void tell(Damage damage) {
        try {
            engine.reports.found(List.of(MisuseReport.of(engine, damage)));
        } catch (CorruptedObjectException e) {
            DebugLog.write(System.Logger.Level.WARNING, e.getMessage());
        } catch (RuntimeException e) {
            // Thrown by somebody's log handler: see there.
        }
    }

    /** Whether the last allocation of the calling thread failed on purpose. */
    boolean wasInjected() {
        return faults != null && faults.wasInjected();
    }

    /** Nothing to note: an allocation goes on until the next one of the object, at which the watch is forgotten. */
    @Override
    public void begin(Slab slab, long address) {
        assert goesOn(slab, address);
    }

    @Override
    public boolean goesOn(Slab slab, long address) {
        return layer.isLive(SlabObject.at(slab, address));
    }

    DebugCounts counts() {
        return layer.counts();
    }

    Survey survey() {
        return layer.survey(engine.supply.slabs());
    }

    List<Sample> liveSamples() {
        return layer.samples(engine.supply.slabs(), true, LiveObjectsException.MOST_SAMPLES);
    }

    List<Tally> tallies(boolean live) {
        return Tally.of(layer.samples(engine.supply.slabs(), live, Long.MAX_VALUE), layer.now());
    }

    Optional<ObjectTrack> allocated(Slab slab, int index) {
        return ObjectTrack.of(layer.track(new SlabObject(slab, index), true));
    }

    Optional<ObjectTrack> freed(Slab slab, int index) {
        return ObjectTrack.of(layer.track(new SlabObject(slab, index), false));
    }

    /** Who had an object, for a message; empty if that is not known. */
    String history(Slab slab, int index) {
        SlabObject object = new SlabObject(slab, index);
        StringBuilder text = new StringBuilder();
        Description.appendTracks(text, layer.track(object, true), layer.track(object, false));
        return text.toString();
    }
}
