package io.slabcache.internal.cache;

import io.slabcache.internal.slab.FirstSlab;
import io.slabcache.internal.slab.SlabDirectory;
import java.util.function.LongSupplier;

/**
 * The sizes that a cache serves as one class of an allocator, and the directory of the allocator's slabs.
 *
 * @param number of the class, above 0
 * @param leastBytes the least size in the range of the class; the greatest is the object size
 * @param directory shared by all classes
 * @param reclaim gives free memory of all classes back, and returns the bytes; asked when a budget is spent
 * @param firstSlab the size of the first slab
 */
public record SizeRange(
        int number, long leastBytes, SlabDirectory directory, LongSupplier reclaim, FirstSlab firstSlab) {}
