package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.DirectBuffers;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Fork;

/** A direct buffer for each object: to free one is to forget it. */
@Fork(value = 3, jvmArgsAppend = "-XX:MaxDirectMemorySize=1g")
@PartOf(
        value = DirectBuffers.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedDirectBuffers extends MixedObjects<ByteBuffer> {
    @Override
    protected ByteBuffer take(int size) {
        return ByteBuffer.allocateDirect(size);
    }

    @Override
    protected void give(ByteBuffer object) {}
}
