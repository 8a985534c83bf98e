package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectHandOver;
import io.slabcache.bench.workload.Subject;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Fork;

/**
 * Objects that the collector frees: an automatic arena for each. To free one is to forget it. The JVM collects when its
 * direct memory reaches a limit, so that it does not run out of memory, however fast the allocations are.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'ArenaAuto\.' -prof gc}
 */
@Fork(value = 3, jvmArgsAppend = "-XX:MaxDirectMemorySize=1g")
@Subject(
        id = "arena-auto",
        group = Subject.Group.PEER,
        about = "Arena.ofAuto, allocate; the collector frees, at 1 GiB at the latest; memory is zeroed",
        lacks = "many threads would measure how long each waits for the collector's cleaner")
public class ArenaAuto extends ObjectHandOver<MemorySegment> {

    @Override
    protected void open() {}

    @Override
    protected MemorySegment take() {
        return Arena.ofAuto().allocate(objectSize, Long.BYTES);
    }

    @Override
    protected void write(MemorySegment object, long value) {
        object.set(ValueLayout.JAVA_LONG, 0, value);
    }

    @Override
    protected void give(MemorySegment object) {}
}
