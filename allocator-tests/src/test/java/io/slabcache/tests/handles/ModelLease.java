package io.slabcache.tests.handles;

import io.slabcache.SlabCache;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A lease behind one lock that obeys the rules; each of its variants breaks one. */
class ModelLease implements Leased {
    enum State {
        HELD,
        IN_TRANSIT,
        CLOSED
    }

    final SlabCache cache;
    final MemorySegment object;
    private Arena arena;
    private MemorySegment view;
    private Thread owner;
    State state = State.HELD;

    ModelLease(SlabCache cache) {
        this.cache = cache;
        this.object = cache.allocate();
        look();
    }

    Arena newArena() {
        return Arena.ofConfined();
    }

    @SuppressWarnings("restricted") // as the library does
    private void look() {
        arena = newArena();
        view = object.reinterpret(object.byteSize(), arena, null);
        owner = Thread.currentThread();
    }

    void endView() {
        arena.close();
    }

    void requireOwner() {
        if (Thread.currentThread() != owner) {
            throw new WrongThreadException();
        }
    }

    void free() {
        cache.free(object);
    }

    @Override
    public synchronized MemorySegment segment() {
        require(state == State.HELD, "takeOver() or allocateLeased() first");
        return view;
    }

    @Override
    public synchronized Leased handOver() {
        require(state == State.HELD, "takeOver() or allocateLeased() first");
        requireOwner();
        endView();
        state = State.IN_TRANSIT;
        return this;
    }

    @Override
    public synchronized Leased takeOver() {
        require(state != State.CLOSED, "allocateLeased() first");
        require(state == State.IN_TRANSIT, "handOver() first");
        look();
        state = State.HELD;
        return this;
    }

    @Override
    public synchronized void close() {
        if (state == State.CLOSED) {
            return;
        }
        if (state == State.HELD) {
            requireOwner();
            endView();
        }
        state = State.CLOSED;
        free();
    }

    private static void require(boolean holds, String expected) {
        if (!holds) {
            throw new IllegalStateException(expected);
        }
    }
}
