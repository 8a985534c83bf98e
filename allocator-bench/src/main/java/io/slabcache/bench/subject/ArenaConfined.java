package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectReplace;
import io.slabcache.bench.workload.Subject;
import java.lang.foreign.Arena;

/**
 * The JDK's own way to an object that can be freed: one confined arena for each. It zeroes the memory, and only the
 * thread that opened an arena can close it.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'ArenaConfined\.' -prof gc}
 */
@Subject(
        id = "arena-confined",
        group = Subject.Group.PEER,
        about = "Arena.ofConfined, allocate, close; memory is zeroed",
        lacks = "only the thread that opened a confined arena may close it")
public class ArenaConfined extends ObjectReplace<ArenaObject> {

    @Override
    protected void open() {}

    @Override
    protected ArenaObject take() {
        return ArenaObject.in(Arena.ofConfined(), objectSize);
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
