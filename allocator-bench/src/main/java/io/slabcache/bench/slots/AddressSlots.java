package io.slabcache.bench.slots;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Objects that are known by their addresses. */
@SuppressWarnings("restricted") // only this class reads and writes by raw addresses
public abstract class AddressSlots implements SlotAllocator {

    private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private final long[] addresses;

    AddressSlots(int slots) {
        this.addresses = new long[slots];
    }

    /** Returns the address of a new object. */
    abstract long take();

    /** Frees an object. */
    abstract void give(long address);

    @Override
    public final void allocate(int slot) {
        addresses[slot] = take();
    }

    @Override
    public final void free(int slot) {
        give(addresses[slot]);
    }

    @Override
    public final void write(int slot, long value) {
        EVERYTHING.set(ValueLayout.JAVA_LONG_UNALIGNED, addresses[slot], value);
    }

    /** Returns the address of the object of a slot. */
    public final long address(int slot) {
        return addresses[slot];
    }

    /** Returns the first 8 bytes at an address. */
    public static long read(long address) {
        return EVERYTHING.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
    }
}
