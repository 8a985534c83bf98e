/**
 * Slabcache and its peers behind one interface, as the workloads use them that run for seconds and look at single calls or
 * at the memory of the process. Read {@code SlotAllocator} first.
 */
package io.slabcache.bench.slots;
