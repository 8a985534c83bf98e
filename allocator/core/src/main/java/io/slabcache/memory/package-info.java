/**
 * Where the memory of slabs comes from: {@link io.slabcache.memory.MemorySource} and the regions it hands out. {@link
 * io.slabcache.memory.MappedMemory} is memory straight from Linux, {@link io.slabcache.memory.FileMemory} a mapped file, {@link
 * io.slabcache.memory.MemoryBudget} one limit for several caches.
 */
@NullMarked
package io.slabcache.memory;

import org.jspecify.annotations.NullMarked;
