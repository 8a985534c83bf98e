package io.slabcache;

import io.slabcache.internal.debug.Description;
import io.slabcache.internal.debug.LeakWatches;
import io.slabcache.internal.debug.Sample;
import io.slabcache.internal.debug.Tally;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Watches some of the segments that the slow path gives out, and reports those that were dropped while their object was
 * live. Everything happens on slow paths: a leak drains magazines, so whoever leaks comes by sooner or later.
 */
final class Leaks {
    private final Engine engine;
    private final LeakPlan plan;
    private final LeakWatches watches;
    private final LongAdder count = new LongAdder();

    /** Stacks that were reported. */
    private final Set<List<StackTraceElement>> sites = ConcurrentHashMap.newKeySet();

    Leaks(Engine engine, LeakPlan plan, LeakWatches.Liveness liveness) {
        this.engine = engine;
        this.plan = plan;
        this.watches = new LeakWatches(liveness, plan.grace(), System::nanoTime);
    }

    /** The segment of an object that is being handed out: one of its own if it is watched. */
    MemorySegment segment(long address) {
        return plan.rate().hits(1) ? watch(address) : engine.handle(address);
    }

    /** The same for objects that are handed out together; one visit of the slow path, unless all are watched. */
    void watchSome(MemorySegment[] objects, int offset, int count) {
        int most = plan.isParanoid() ? count : Math.min(count, 1);
        for (int i = offset; i < offset + most && plan.rate().hits(1); i++) {
            objects[i] = watch(objects[i].address());
        }
    }

    private MemorySegment watch(long address) {
        Slab slab = engine.slabOf(address);
        return slab == null ? engine.handle(address) : watches.watch(slab, address);
    }

    /** An object is about to be handed out again. */
    void forget(long address) {
        watches.forget(address);
    }

    /** Reports what has leaked; with no lock held. */
    void report() {
        for (Sample leaked : watches.takeLeaked()) {
            count.increment();
            if (sites.add(leaked.track().stack())) {
                engine.reports.leaked(report(leaked));
            }
        }
    }

    private MisuseReport report(Sample leaked) {
        long address = leaked.address();
        StringBuilder text = new StringBuilder(engine.toString())
                .append(": the object at 0x")
                .append(Long.toHexString(address))
                .append(
                        " has leaked: its segment is unreachable, and it was not freed. If the program keeps the address"
                                + " alone, let it use allocateAddress(). Further leaks from the same place are only counted.");
        Description.appendTracks(text, leaked.track(), null);
        Slab slab = engine.supply.find(address);
        return new MisuseReport(
                engine.identity.name(),
                engine.identity.id(),
                MisuseReport.Kind.LEAK,
                address,
                address,
                slab == null ? -1 : slab.indexOf(address),
                slab == null ? 0 : slab.address(0),
                ObjectTrack.of(leaked.track()),
                Optional.empty(),
                text.toString());
    }

    /** How many leaks were found. */
    long count() {
        return count.sum();
    }

    /** Some of the live objects, with their allocations. */
    List<Sample> live() {
        return watches.live();
    }

    List<Tally> tallies() {
        return watches.tallies();
    }

    void close() {
        watches.close();
    }
}
