package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectHandOver;
import io.slabcache.bench.workload.Subject;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Fork;

/**
 * A direct buffer for each object, which the collector frees. The JVM collects when its direct memory reaches a limit,
 * so that it does not run out of memory, however fast the allocations are.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'DirectBuffers\.' -prof gc}
 */
@Fork(value = 3, jvmArgsAppend = "-XX:MaxDirectMemorySize=1g")
@Subject(
        id = "allocate-direct",
        group = Subject.Group.PEER,
        about = "ByteBuffer.allocateDirect; the collector frees, at 1 GiB at the latest; memory is zeroed",
        lacks = "many threads would measure how long each waits for the collector's cleaner")
public class DirectBuffers extends ObjectHandOver<ByteBuffer> {

    @Override
    protected void open() {}

    @Override
    protected ByteBuffer take() {
        return ByteBuffer.allocateDirect(objectSize);
    }

    @Override
    protected void write(ByteBuffer object, long value) {
        object.putLong(0, value);
    }

    @Override
    protected void give(ByteBuffer object) {}
}
