/**
 * Where the memory of slabs comes from: {@link io.slabcache.memory.MemorySource} and the regions it hands out.
 */
package io.slabcache.memory;
