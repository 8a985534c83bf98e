package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.ArenaConfined;
import io.slabcache.bench.subject.ArenaObject;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import java.lang.foreign.Arena;

/** A confined arena for each object. */
@PartOf(
        value = ArenaConfined.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedArenaConfined extends MixedObjects<ArenaObject> {
    @Override
    protected ArenaObject take(int size) {
        return ArenaObject.in(Arena.ofConfined(), size);
    }

    @Override
    protected void give(ArenaObject object) {
        object.arena().close();
    }
}
