/**
 * Where the memory of slabs comes from: {@link io.slabcache.memory.MemorySource} and the regions it hands out. Uses no other
 * package of this library.
 */
@NullMarked
package io.slabcache.memory;

import org.jspecify.annotations.NullMarked;
