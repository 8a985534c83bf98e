package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.Arrow;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.Fork;

/** Buffers of Apache Arrow, in its best settings for one thread. */
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-Djmh.executor=CUSTOM",
            "-Djmh.executor.class=io.slabcache.bench.subject.NettyThreads",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-Darrow.enable_unsafe_memory_access=true",
            "-Darrow.enable_null_check_for_get=false",
            "-Darrow.memory.debug.allocator=false",
        })
@PartOf(
        value = Arrow.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedArrow extends MixedObjects<ArrowBuf> {
    private BufferAllocator allocator;

    @Override
    protected void open() {
        allocator = new RootAllocator();
    }

    @Override
    protected ArrowBuf take(int size) {
        return allocator.buffer(size);
    }

    @Override
    protected void give(ArrowBuf buffer) {
        buffer.close();
    }

    @Override
    protected void close() {
        allocator.close();
    }
}
