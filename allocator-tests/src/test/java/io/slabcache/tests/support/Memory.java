package io.slabcache.tests.support;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Memory of a cache that a test can write to at any address. */
public final class Memory implements MemorySource {
    private final List<MemorySegment> regions = new CopyOnWriteArrayList<>();

    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
        regions.add(region.segment());
        return region;
    }

    /** Changes the byte at an address. */
    public void spoil(long address) {
        MemorySegment region = region(address);
        long offset = address - region.address();
        region.set(ValueLayout.JAVA_BYTE, offset, (byte) ~region.get(ValueLayout.JAVA_BYTE, offset));
    }

    public byte read(long address) {
        MemorySegment region = region(address);
        return region.get(ValueLayout.JAVA_BYTE, address - region.address());
    }

    /** Returns whether the cache has memory at an address. */
    public boolean has(long address) {
        return regions.stream()
                .filter(region -> region.scope().isAlive())
                .anyMatch(region -> contains(region, address));
    }

    private static boolean contains(MemorySegment region, long address) {
        return address >= region.address() && address < region.address() + region.byteSize();
    }

    /** Returns several bytes, or none unless they are in one region with an object. */
    public byte[] readBeside(long object, long from, int bytes) {
        MemorySegment region = region(object);
        long offset = from - region.address();
        return offset >= 0 && offset + bytes <= region.byteSize()
                ? region.asSlice(offset, bytes).toArray(ValueLayout.JAVA_BYTE)
                : new byte[0];
    }

    /** Returns the number of regions that were not given back. */
    public long regions() {
        return regions.stream().filter(region -> region.scope().isAlive()).count();
    }

    private MemorySegment region(long address) {
        return regions.stream()
                .filter(region -> region.scope().isAlive())
                .filter(region -> contains(region, address))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("not in the memory of the cache: 0x" + Long.toHexString(address)));
    }
}
