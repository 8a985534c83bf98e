package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.ArenaAuto;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Fork;

/** An automatic arena for each object: to free one is to forget it. */
@Fork(value = 3, jvmArgsAppend = "-XX:MaxDirectMemorySize=1g")
@PartOf(
        value = ArenaAuto.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedArenaAuto extends MixedObjects<MemorySegment> {
    @Override
    protected MemorySegment take(int size) {
        return Arena.ofAuto().allocate(size, Long.BYTES);
    }

    @Override
    protected void give(MemorySegment object) {}
}
