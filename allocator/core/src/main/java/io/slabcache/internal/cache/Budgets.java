package io.slabcache.internal.cache;

import io.slabcache.internal.budget.Ledger;
import io.slabcache.internal.budget.Limited;
import io.slabcache.internal.budget.Reclaimable;
import io.slabcache.internal.registry.CacheIdentity;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.memory.MemorySource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The budgets that the memory of a cache counts in, if any. */
final class Budgets {
    private final List<Ledger> ledgers;

    private Budgets(List<Ledger> ledgers) {
        this.ledgers = ledgers;
    }

    static Budgets of(MemorySource source) {
        return new Budgets(source instanceof Limited limited ? limited.ledgers() : List.of());
    }

    /**
     * Checks that each budget has room for a slab when nothing else uses it.
     *
     * @throws IllegalArgumentException with what to do
     */
    static void require(CacheIdentity cache, SlabGeometry geometry, MemorySource source) {
        of(source).ledgers.forEach(ledger -> {
            long least = source.regionBytes(geometry.firstRegionBytes(), geometry.regionAlignment());
            if (ledger.limit() < least) {
                throw new IllegalArgumentException("the memory budget of " + cache + " is " + ledger.limit()
                        + " bytes; expected at least " + least + ", one slab; raise the limit of the budget, or lower"
                        + " slabBytes, maxObjects or maxBytes of the cache");
            }
        });
    }

    /**
     * Makes the cache known to its budgets.
     *
     * @param cache that gives memory to others
     * @param bytes what the cache holds; must not refer to it
     * @return to be run when the cache is closed; keeps {@code cache} reachable
     */
    List<Runnable> join(CacheIdentity identity, Reclaimable cache, LongSupplier bytes) {
        List<Runnable> ends = new ArrayList<>();
        ledgers.forEach(ledger -> ends.add(ledger.join(identity.toString(), cache, bytes)::end));
        return ends;
    }

    /** The limit of the budget that has the least left, or {@link Long#MAX_VALUE}. */
    long limitBytes() {
        return tightest().map(Ledger::limit).orElse(Long.MAX_VALUE);
    }

    /** The bytes used of the budget that has the least left, by all its caches; or 0. */
    long usedBytes() {
        return tightest().map(Ledger::used).orElse(0L);
    }

    private Optional<Ledger> tightest() {
        return ledgers.stream().min(Comparator.comparingLong(ledger -> ledger.limit() - ledger.used()));
    }
}
