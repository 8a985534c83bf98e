package io.slabcache.bench.slots;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The JDK's own way to an object that any thread can free: one shared arena for each. It zeroes the memory, and stops all
 * threads for a moment when it is closed.
 */
final class ArenaSlots implements SlotAllocator {

    private final Arena[] arenas;
    private final MemorySegment[] segments;
    private final int objectSize;

    ArenaSlots(int slots, int objectSize) {
        this.arenas = new Arena[slots];
        this.segments = new MemorySegment[slots];
        this.objectSize = objectSize;
    }

    @Override
    public void allocate(int slot) {
        Arena arena = Arena.ofShared();
        segments[slot] = arena.allocate(objectSize);
        arenas[slot] = arena;
    }

    @Override
    public void free(int slot) {
        arenas[slot].close();
        arenas[slot] = null;
        segments[slot] = null;
    }

    @Override
    public void write(int slot, long value) {
        segments[slot].set(ValueLayout.JAVA_LONG_UNALIGNED, 0, value);
    }
}
