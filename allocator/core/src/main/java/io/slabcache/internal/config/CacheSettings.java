package io.slabcache.internal.config;

import io.slabcache.diagnostics.AllocationFaults;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.internal.keeper.KeeperQueue;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The user's settings for one cache: checked, complete, immutable.
 *
 * @param name for statistics and messages
 * @param objectSize bytes of each object
 * @param alignment of each object in bytes, a power of two
 * @param coloured whether the first lines of objects are kept apart in the processor's caches
 * @param slabBytes bytes of each slab, or 0 for a size that grows with need
 * @param maxObjects bound on live objects, or {@link Long#MAX_VALUE}
 * @param magazineCapacity objects per magazine, or -1 for a size that grows with need
 * @param lockless whether threads have magazines
 * @param keepsHandles whether each object's segment is kept
 * @param checks what is checked on a free
 * @param policy what happens on misuse
 * @param listener shown every report
 * @param constructor run once per object
 * @param debug ways to debug that the builder asks for; properties may add some
 * @param faults allocations that fail on purpose
 * @param guarding rate of allocations that get a guarded object
 * @param memory where the memory of slabs comes from
 * @param reserved objects to make before the first allocation
 * @param ahead free objects that the keeper keeps ready
 * @param trimAfter time after which unused memory goes back
 * @param keeper the user's; empty for the shared one
 * @param layout of each object, if the user gave one
 */
public record CacheSettings(
        String name,
        long objectSize,
        long alignment,
        boolean coloured,
        long slabBytes,
        long maxObjects,
        int magazineCapacity,
        boolean lockless,
        boolean keepsHandles,
        Checks checks,
        MisusePolicy policy,
        Consumer<MisuseReport> listener,
        Optional<Consumer<MemorySegment>> constructor,
        Set<Debug> debug,
        Optional<AllocationFaults> faults,
        Optional<SamplingRate> guarding,
        MemorySource memory,
        long reserved,
        long ahead,
        Optional<Duration> trimAfter,
        Optional<KeeperQueue> keeper,
        Optional<MemoryLayout> layout) {
    /** Copies the set. */
    public CacheSettings {
        debug = Set.copyOf(debug);
    }

    /** {@return whether all objects are made before the first allocation} */
    public boolean isReservedWhole() {
        return reserved > 0 && reserved >= maxObjects && slabBytes == 0;
    }
}
