package io.slabcache.tests.support;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/** Does what it is told at each call, and what a proper source does when it was told nothing; counts what comes back. */
public final class ScriptedSource implements MemorySource {
    private final Deque<MemorySource> script = new ArrayDeque<>();
    private int made;
    private int closed;

    /** A region of any segment; closing it does what it is told. */
    public record Region(MemorySegment segment, Runnable end) implements MemoryRegion {
        public Region(MemorySegment segment) {
            this(segment, () -> {});
        }

        @Override
        public void close() {
            end.run();
        }
    }

    /** Says what the call after those already planned does. */
    public ScriptedSource next(MemorySource answer) {
        script.add(answer);
        return this;
    }

    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        MemorySource answer = script.isEmpty() ? MemorySource.arena() : script.remove();
        MemoryRegion region = answer.allocate(bytes, alignment);
        if (region == null) {
            return null;
        }
        made++;
        return new Region(region.segment(), () -> {
            region.close();
            closed++;
        });
    }

    public int made() {
        return made;
    }

    public int closed() {
        return closed;
    }
}
