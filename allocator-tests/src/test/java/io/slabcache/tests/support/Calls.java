package io.slabcache.tests.support;

import io.slabcache.ObjectAllocator;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Every call of {@link ObjectAllocator} by its name, for properties that all of them share. */
public final class Calls {
    private Calls() {}

    /**
     * Returns the calls, with an object for those that free one.
     *
     * @param object freed by the calls that free
     * @param address of that object; a separate parameter because the segment may belong to a closed cache
     */
    public static Map<String, Consumer<ObjectAllocator>> freeing(MemorySegment object, long address) {
        Map<String, Consumer<ObjectAllocator>> calls = new LinkedHashMap<>();
        calls.put("allocate()", ObjectAllocator::allocate);
        calls.put("tryAllocate()", ObjectAllocator::tryAllocate);
        calls.put("tryAllocateCached()", ObjectAllocator::tryAllocateCached);
        calls.put("allocateZeroed()", ObjectAllocator::allocateZeroed);
        calls.put("allocateLeased()", ObjectAllocator::allocateLeased);
        calls.put("generations()", ObjectAllocator::generations);
        calls.put("free(MemorySegment)", allocator -> allocator.free(object));
        // A dead segment has no buffer; any other buffer fails the same checks.
        ByteBuffer buffer = object.scope().isAlive() && object.byteSize() > 0
                ? object.asByteBuffer()
                : ByteBuffer.allocateDirect(1);
        calls.put("freeBuffer(ByteBuffer)", allocator -> allocator.freeBuffer(buffer));
        calls.put("allocateAddress()", ObjectAllocator::allocateAddress);
        calls.put("tryAllocateAddress()", ObjectAllocator::tryAllocateAddress);
        calls.put("tryAllocateAddressCached()", ObjectAllocator::tryAllocateAddressCached);
        calls.put("freeAddress(long)", allocator -> allocator.freeAddress(address));
        calls.put("allocateBulk(long[],int,int)", allocator -> allocator.allocateBulk(new long[2], 0, 2));
        calls.put(
                "allocateBulk(MemorySegment[],int,int)",
                allocator -> allocator.allocateBulk(new MemorySegment[2], 0, 2));
        calls.put("freeBulk(long[],int,int)", allocator -> allocator.freeBulk(new long[] {address}, 0, 1));
        calls.put(
                "freeBulk(MemorySegment[],int,int)",
                allocator -> allocator.freeBulk(new MemorySegment[] {object}, 0, 1));
        calls.put("flush()", ObjectAllocator::flush);
        calls.put("prefill(int)", allocator -> allocator.prefill(1));
        return calls;
    }
}
