/**
 * Where the memory of slabs comes from: {@link io.slabcache.memory.MemorySource} and the regions it hands out. Uses no other
 * package of this library.
 */
package io.slabcache.memory;
