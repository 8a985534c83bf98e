package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.ArenaObject;
import io.slabcache.bench.subject.ArenaShared;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import java.lang.foreign.Arena;

/** A shared arena for each object. */
@PartOf(
        value = ArenaShared.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedArenaShared extends MixedObjects<ArenaObject> {
    @Override
    protected ArenaObject take(int size) {
        return ArenaObject.in(Arena.ofShared(), size);
    }

    @Override
    protected void give(ArenaObject object) {
        object.arena().close();
    }
}
