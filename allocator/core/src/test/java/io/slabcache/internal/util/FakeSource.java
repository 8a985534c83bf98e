package io.slabcache.internal.util;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** A source that records every region it handed out, and fails on demand. */
public final class FakeSource implements MemorySource {
    private final List<FakeRegion> regions = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Error> failures = new ArrayDeque<>();

    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        Arena arena = Arena.ofShared();
        FakeRegion region = new FakeRegion(arena, arena.allocate(bytes, alignment));
        regions.add(region);
        return region;
    }

    /** Returns a region of memory that another region owns. */
    public FakeRegion view(MemorySegment memory) {
        return new FakeRegion(Arena.ofShared(), memory);
    }

    /** Makes the next allocation throw. */
    public void failOnce(Error failure) {
        failures.add(failure);
    }

    /** Returns a region by its number, in the order of creation. */
    public FakeRegion region(int number) {
        return regions.get(number);
    }

    public int count() {
        return regions.size();
    }

    /** Returns the number of regions that were not given back. */
    public long open() {
        return regions.stream().filter(region -> !region.isClosed()).count();
    }

    /** A region that can refuse to close, and that counts its successful closes. */
    public static final class FakeRegion implements MemoryRegion {
        private final Arena arena;
        private final MemorySegment segment;
        private RuntimeException refusal;
        private int closes;

        FakeRegion(Arena arena, MemorySegment segment) {
            this.arena = arena;
            this.segment = segment;
        }

        @Override
        public MemorySegment segment() {
            return segment;
        }

        @Override
        public void close() {
            if (refusal != null) {
                throw refusal;
            }
            closes++;
            if (closes == 1) {
                arena.close();
            }
        }

        /** Sets what close throws from now on; null lets it succeed. */
        public void refuseToClose(RuntimeException refusal) {
            this.refusal = refusal;
        }

        public boolean isClosed() {
            return closes > 0;
        }

        /** Returns the number of successful closes; more than one is a mistake of the caller. */
        public int closes() {
            return closes;
        }
    }
}
