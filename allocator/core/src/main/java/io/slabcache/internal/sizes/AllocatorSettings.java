package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.internal.config.CacheSettings;
import io.slabcache.internal.config.SamplingRate;
import io.slabcache.internal.keeper.KeeperQueue;
import io.slabcache.memory.MemorySource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The user's settings for one allocator: checked, complete, immutable.
 *
 * @param name for statistics and messages
 * @param checks what is checked on a free
 * @param policy what happens on misuse
 * @param listener shown every report
 * @param debug ways to debug that the builder asks for; properties may add some
 * @param guarding rate of allocations that get a guarded object
 * @param memory where slabs and large objects come from
 * @param trimAfter time after which unused memory goes back
 * @param keeper the user's; empty for the shared one
 */
public record AllocatorSettings(
        String name,
        Checks checks,
        MisusePolicy policy,
        Consumer<MisuseReport> listener,
        Set<Debug> debug,
        Optional<SamplingRate> guarding,
        MemorySource memory,
        Optional<Duration> trimAfter,
        Optional<KeeperQueue> keeper) {
    /** Copies the set. */
    public AllocatorSettings {
        debug = Set.copyOf(debug);
    }

    /**
     * The settings of one class. Segments are not kept, because most have a size of their own; and no colours, because
     * the alignment of a class is a promise.
     */
    CacheSettings ofClass(int number) {
        return of(Long.toString(SizeClasses.bytes(number)), SizeClasses.bytes(number), SizeClasses.alignment(number));
    }

    /** The settings under which larger objects are debugged. */
    CacheSettings ofLarge() {
        return of("large", SizeClasses.LARGEST, SizeClasses.LARGEST_ALIGNMENT);
    }

    private CacheSettings of(String part, long objectSize, long alignment) {
        return new CacheSettings(
                name + "/" + part,
                objectSize,
                alignment,
                false,
                0,
                Long.MAX_VALUE,
                -1,
                true,
                false,
                checks,
                policy,
                listener,
                Optional.empty(),
                debug,
                Optional.empty(),
                guarding,
                memory,
                0,
                0,
                trimAfter,
                keeper,
                Optional.empty());
    }
}
