package io.slabcache.tests.support;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/** Follows a script of answers, and then works like a proper source; counts the regions that come back. */
public final class ScriptedSource implements MemorySource {
    private final Deque<MemorySource> script = new ArrayDeque<>();
    private int made;
    private int closed;

    /** A region of any segment; closing it runs the given action. */
    public record Region(MemorySegment segment, Runnable end) implements MemoryRegion {
        public Region(MemorySegment segment) {
            this(segment, () -> {});
        }

        @Override
        public void close() {
            end.run();
        }
    }

    /** Adds the answer of the next call without one. */
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
