package io.slabcache.bench.sizes;

import io.slabcache.SlabAllocator;
import io.slabcache.bench.workload.TimedBenchmark;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Opens an arena, allocates some objects, writes a number to each, and closes it. The score is per arena. {@link #floor}
 * does as much in memory that is there, with an empty arena of the JDK.
 */
public class Arenas extends TimedBenchmark {
    private static final int MOST_BYTES = 64 * 4_096;

    /** Objects of each arena. */
    @Param({"1", "8", "64"})
    public int objects;

    /** Bytes of each object. */
    @Param({"64", "256", "4096"})
    public long size;

    private SlabAllocator allocator;
    private MemorySegment ready;

    /** Opens the allocator, and makes the memory of the floor. */
    @Setup(Level.Trial)
    public void open() {
        allocator = SlabAllocator.builder("arenas").build();
        ready = Arena.global().allocate(MOST_BYTES, 64);
    }

    /** Closes the allocator. */
    @TearDown(Level.Trial)
    public void close() {
        allocator.close();
    }

    @Benchmark
    public long slabcache() {
        try (Arena arena = allocator.arena()) {
            return use(arena);
        }
    }

    @Benchmark
    public long confined() {
        try (Arena arena = Arena.ofConfined()) {
            return use(arena);
        }
    }

    private long use(Arena arena) {
        long sum = 0;
        for (int i = 0; i < objects; i++) {
            MemorySegment object = arena.allocate(size, Long.BYTES);
            object.set(ValueLayout.JAVA_LONG, 0, i);
            sum += object.get(ValueLayout.JAVA_LONG, 0);
        }
        return sum;
    }

    @Benchmark
    public long floor() {
        try (Arena arena = Arena.ofConfined()) {
            long sum = arena.scope().isAlive() ? 1 : 0;
            for (int i = 0; i < objects; i++) {
                MemorySegment object = ready.asSlice(i * size, size).fill((byte) 0);
                object.set(ValueLayout.JAVA_LONG, 0, i);
                sum += object.get(ValueLayout.JAVA_LONG, 0);
            }
            return sum;
        }
    }
}
