/**
 * Memory of Apache Arrow's buffers from a {@link io.slabcache.SlabAllocator}: {@link
 * io.slabcache.arrow.SlabAllocationManager#factory}.
 */
@NullMarked
package io.slabcache.arrow;

import org.jspecify.annotations.NullMarked;
