package io.slabcache.bench.subject;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.slabcache.bench.workload.ObjectRequests;
import io.slabcache.bench.workload.Shared;
import io.slabcache.bench.workload.Subject;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.Fork;

/**
 * Apache Arrow's allocator, which counts what it gives out and pools by Netty, on Netty's kind of threads. Its checks of
 * bounds are off.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'Arrow\.' -prof gc}
 */
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
@Subject(
        id = "arrow",
        group = Subject.Group.PEER,
        about = "Arrow RootAllocator over Netty's pool, without checks of bounds and debugging")
public class Arrow extends ObjectRequests<ArrowBuf> {

    private static final Shared<BufferAllocator> ALLOCATOR = new Shared<>(BufferAllocator::close);

    private BufferAllocator allocator;

    @Override
    protected void open() {
        allocator = ALLOCATOR.open(RootAllocator::new);
    }

    @Override
    protected Thread newThread(Runnable body) {
        return new FastThreadLocalThread(body);
    }

    @Override
    protected ArrowBuf take() {
        return allocator.buffer(objectSize);
    }

    @Override
    protected void write(ArrowBuf buffer, long value) {
        buffer.setLong(0, value);
    }

    @Override
    protected void give(ArrowBuf buffer) {
        buffer.close();
    }

    @Override
    protected void close() {
        ALLOCATOR.close();
    }
}
