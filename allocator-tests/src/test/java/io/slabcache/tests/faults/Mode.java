package io.slabcache.tests.faults;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.AllocationFaults;
import io.slabcache.diagnostics.Debug;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** How a cache finds faults: with its checks only, in each debug mode, and in all of them together. */
enum Mode {
    STANDARD,
    SANITY(Debug.SANITY),
    REDZONES(Debug.REDZONES),
    POISON(Debug.POISON),
    TRACKING(Debug.TRACKING),
    TRACE(Debug.TRACE),
    FAULTS(Debug.FAULTS),
    ALL(Debug.values());

    /** Of two consecutive allocations at most one is made to fail, so a second attempt gives the real result. */
    private static final AllocationFaults EVERY_THIRD = AllocationFaults.interval(3);

    private final List<Debug> ways;

    Mode(Debug... ways) {
        this.ways = List.of(ways);
    }

    static Stream<Mode> having(Debug way) {
        return Arrays.stream(values()).filter(mode -> mode.has(way));
    }

    static Stream<Mode> debugged() {
        return Arrays.stream(values()).filter(Mode::isDebugged);
    }

    boolean has(Debug way) {
        return ways.contains(way);
    }

    boolean isDebugged() {
        return !ways.isEmpty();
    }

    /** Returns the letters that choose it on the command line. */
    String letters() {
        StringBuilder letters = new StringBuilder();
        ways.forEach(way -> letters.append(way.letter()));
        return letters.toString();
    }

    /** Returns the builder of a cache with this mode, small enough to reach all its layers soon. */
    SlabCacheBuilder builder(String name, long objectSize) {
        SlabCacheBuilder builder = SlabCache.builder(name, objectSize)
                .slabBytes(16 * objectSize)
                .magazineCapacity(4)
                .debug(ways.toArray(Debug[]::new));
        return has(Debug.FAULTS) ? builder.faults(EVERY_THIRD) : builder;
    }
}
