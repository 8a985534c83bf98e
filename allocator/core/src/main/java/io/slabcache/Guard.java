package io.slabcache;

import io.slabcache.internal.debug.DebugLayer;
import io.slabcache.internal.debug.DebugOptions;
import io.slabcache.internal.debug.SamplingRate;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.SlabSupply;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * The guarded objects of a cache: a few, in a slab of their own, with wide redzones, poison and tracks. They are a small
 * debugged cache beside the other one, with the same name and the same reports.
 *
 * <p>The fast paths do not know of them. An allocation that takes the slow path gets one now and then; its free finds no
 * slab at the address, takes the slow path because of that, and is sent here. They are used again in the order in which
 * they were freed, as late as possible, so that writes after free are found. At the bound of the cache they are handed
 * out like any other, so that as many objects can be live as without them.
 */
final class Guard {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    private final Engine engine;
    private final Engine guarded;
    private final SamplingRate rate;

    /** Whether their slab could not be made. Not tried again: a source without memory may take long to say so. */
    private volatile boolean isGivenUp;

    Guard(Engine engine, SlabCacheBuilder builder, GuardPlan plan) {
        this.engine = engine;
        this.rate = plan.rate();
        boolean hasConstructor = builder.construction != null;
        DebugOptions options = new DebugOptions(false, true, !hasConstructor, true, true);
        DebugLayer layer = new DebugLayer(plan.geometry(), options, InstantSource.system());
        SlabSupply supply = new SlabSupply(plan.geometry(), builder.memory, layer::prepare, builder.construction);
        this.guarded =
                new Engine(builder, supply, new DebugPlan(Set.of(), List.of(), null, hasConstructor), layer, engine);
    }

    /** The engine of the guarded objects. */
    Engine guarded() {
        return guarded;
    }

    /** A guarded object for a caller of the slow path, or 0, as in most cases. */
    long sample(ThreadCache cache) {
        return rate.hits(passed(cache)) ? allocate() : 0;
    }

    /**
     * Allocations of the calling thread since it was asked last, with this one. None while it has objects: allocations
     * for which a thread has made provision take no lock.
     */
    private static long passed(ThreadCache cache) {
        if (!cache.hasOwner()) {
            return 1;
        }
        if (!cache.isExhausted()) {
            return 0;
        }
        long passed = cache.counted() + 1;
        cache.beginCount();
        return passed;
    }

    /** A guarded object, or 0 if all are live or their slab cannot be made, which is no reason for anything to fail. */
    long allocate() {
        if (isGivenUp || engine.isConstructing()) {
            return 0;
        }
        long address = tryToAllocate();
        if (address != 0) {
            // A close that has not counted this object has closed the cache by now; one that has gives up.
            engine.requireOpen();
        }
        return address;
    }

    private long tryToAllocate() {
        try {
            return guarded.debugger.allocate(guarded.magazines.own());
        } catch (CorruptedObjectException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            // This slab is closed after the others.
            engine.requireOpen();
            if (guarded.supply.counts().slabs() > 0) {
                // The heap is full for the moment.
                return 0;
            }
            isGivenUp = true;
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    engine + " cannot make the slab of its guarded objects, and goes on without them",
                    e);
            return 0;
        }
    }

    /** Whether an address lies among the guarded objects. */
    boolean covers(long address) {
        return guarded.slabOf(address) != null;
    }

    /** {@link #covers}, and sure if it is false: not because of a close. */
    boolean surelyCovers(long address) {
        if (covers(address)) {
            return true;
        }
        engine.requireOpen();
        return false;
    }

    /** Takes a guarded object back, or reports why not; false if it is surely none. */
    boolean free(long address) {
        if (!surelyCovers(address)) {
            return false;
        }
        guarded.freeing.freeAddress(guarded.magazines.own(), address);
        return true;
    }

    boolean free(MemorySegment object) {
        if (!surelyCovers(address(object))) {
            return false;
        }
        guarded.freeing.free(guarded.magazines.own(), object);
        return true;
    }

    /** Of a heap segment, what is called an address is an offset. */
    static long address(MemorySegment object) {
        return object == null || !object.isNative() ? 0 : object.address();
    }

    /** Undoes the allocation of a guarded object that its caller has not seen; false if it is none. */
    boolean undo(long address) {
        if (!covers(address)) {
            return false;
        }
        guarded.freeing.unallocate(address);
        return true;
    }

    void close() {
        new Closing(guarded).closeNow();
    }
}
