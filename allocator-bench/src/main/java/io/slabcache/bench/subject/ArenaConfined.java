package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectBatch;
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
        about = "Arena.ofConfined, allocate, close; memory is zeroed")
public class ArenaConfined extends ObjectBatch<Arena> {

    @Override
    protected void open() {}

    @Override
    protected Arena take() {
        Arena arena = Arena.ofConfined();
        arena.allocate(objectSize);
        return arena;
    }

    @Override
    protected void give(Arena arena) {
        arena.close();
    }
}
