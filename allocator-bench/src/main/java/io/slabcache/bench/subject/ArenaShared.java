package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectReplace;
import io.slabcache.bench.workload.Subject;
import io.slabcache.bench.workload.Workload;
import java.lang.foreign.Arena;

/**
 * The JDK's own way to an object that any thread can free: one shared arena for each. It zeroes the memory, and stops all
 * threads for a moment when it is closed.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'ArenaShared\.' -prof gc}
 */
@Subject(
        id = "arena-shared",
        group = Subject.Group.PEER,
        about = "Arena.ofShared, allocate, close; memory is zeroed",
        lacks = "each close makes all threads pass a handshake, so that one call of these workloads would take minutes",
        without = Workload.REPLACE_1M)
public class ArenaShared extends ObjectReplace<ArenaObject> {

    @Override
    protected void open() {}

    @Override
    protected ArenaObject take() {
        return ArenaObject.in(Arena.ofShared(), objectSize);
    }

    @Override
    protected void write(ArenaObject object, long value) {
        object.write(value);
    }

    @Override
    protected void give(ArenaObject object) {
        object.arena().close();
    }
}
