package io.slabcache.bench.subject;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.slabcache.bench.workload.ObjectRequests;
import io.slabcache.bench.workload.Shared;
import io.slabcache.netty.SlabByteBufAllocator;
import org.openjdk.jmh.annotations.Fork;

/**
 * Direct buffers of a Netty allocator, used as Netty's own servers do: on Netty's kind of threads, in which its
 * thread-local caches work. Leak detection is off, unless a subclass measures it.
 */
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-Djmh.executor=CUSTOM",
            "-Djmh.executor.class=io.slabcache.bench.subject.NettyThreads",
        })
public abstract class NettyBuffers extends ObjectRequests<ByteBuf> {

    private static final Shared<ByteBufAllocator> ALLOCATOR = new Shared<>(NettyBuffers::end);

    private ByteBufAllocator allocator;

    @Override
    protected final void open() {
        ResourceLeakDetector.setLevel(leakDetection());
        allocator = ALLOCATOR.open(this::newAllocator);
    }

    /** Returns a new allocator, whose buffers are watched for leaks as the subject says. */
    public final ByteBufAllocator openAllocator() {
        ResourceLeakDetector.setLevel(leakDetection());
        return newAllocator();
    }

    abstract ByteBufAllocator newAllocator();

    /** Ends an allocator that is not used any more; Netty's own have no end. */
    public static void end(ByteBufAllocator allocator) {
        if (allocator instanceof SlabByteBufAllocator ours) {
            ours.slabs().close();
        }
    }

    Level leakDetection() {
        return Level.DISABLED;
    }

    @Override
    protected final void close() {
        ALLOCATOR.close();
    }

    @Override
    protected final Thread newThread(Runnable body) {
        return new FastThreadLocalThread(body);
    }

    @Override
    protected final ByteBuf take() {
        return allocator.directBuffer(objectSize, objectSize);
    }

    @Override
    protected final void write(ByteBuf buffer, long value) {
        buffer.setLong(0, value);
    }

    @Override
    protected final void give(ByteBuf buffer) {
        buffer.release();
    }
}
