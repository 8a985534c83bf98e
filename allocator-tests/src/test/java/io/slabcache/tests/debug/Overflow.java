package io.slabcache.tests.debug;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.tests.support.Memory;

/** A program with a bug, which does not know that its cache is debugged. */
final class Overflow {
    private Overflow() {}

    /** Prints what the cache found. */
    public static void main(String[] arguments) {
        Memory memory = new Memory();
        try (SlabCache cache = SlabCache.builder("overflow", 18).memory(memory).build()) {
            long object = cache.allocateAddress();
            memory.spoil(object + 18);
            cache.freeAddress(object);
        } catch (CorruptedObjectException e) {
            System.out.println(e.kind() + " " + e.offset());
        }
    }
}
