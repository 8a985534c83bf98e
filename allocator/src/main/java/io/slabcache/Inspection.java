package io.slabcache;

import io.slabcache.internal.magazine.Census;
import io.slabcache.internal.magazine.MagazineCounts;
import io.slabcache.internal.slab.SlabCounts;
import io.slabcache.internal.slab.SlabGeometry;

/** Puts together what the layers count, and walks them for a validation. Writes nothing. */
final class Inspection {
    private final Engine engine;

    Inspection(Engine engine) {
        this.engine = engine;
    }

    SlabCacheStats stats() {
        SlabGeometry geometry = engine.supply.geometry();
        MagazineCounts magazines = engine.magazines.counts();
        SlabCounts slabs = engine.supply.counts();
        long cached = magazines.cachedByThreads() + magazines.cachedInDepot();
        long live = Math.max(0, slabs.totalObjects() - slabs.freeObjects() - cached);
        long frees = magazines.frees() + slabs.singleFrees();
        return new SlabCacheStats(
                engine.name,
                geometry.objectSize(),
                geometry.stride(),
                live,
                cached,
                slabs.totalObjects(),
                geometry.maxObjects(),
                slabs.slabs(),
                slabs.reservedBytes(),
                slabs.reservedBytes(),
                engine.supply.heapBytes() + magazines.heapBytes(),
                frees + live,
                frees,
                slabs.refills(),
                slabs.flushes(),
                magazines.depotGets(),
                magazines.depotPuts(),
                magazines.contendedLocks() + slabs.contendedLocks(),
                engine.exhaustions.sum(),
                engine.misuse.count() + slabs.duplicates(),
                magazines.threadCaches(),
                magazines.magazineCapacity());
    }

    CacheValidation validate() {
        Census census = census();
        return new CacheValidation(census.live(), census.cached(), census.free(), census.findings());
    }

    LiveObjectsException liveObjects() {
        Census census = census();
        return new LiveObjectsException(engine.name, census.live(), census.liveSamples());
    }

    private Census census() {
        return Census.of(engine.supply, engine.magazines, engine.checked);
    }
}
