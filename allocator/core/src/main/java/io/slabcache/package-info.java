/**
 * An off-heap slab allocator for objects of one size, with a lockless stack of free objects for each thread.
 *
 * <pre>{@code
 * try (SlabCache packets = SlabCache.builder("packets", 2048).alignment(64).maxObjects(65_536).build()) {
 *     MemorySegment packet = packets.allocate();
 *     packet.set(ValueLayout.JAVA_INT, 0, 42);
 *     queue.put(packet);                 // another thread reads it, and frees it:
 *     packets.free(packet);
 * }
 * }</pre>
 *
 * <p>Start with {@link io.slabcache.SlabCache}. An object is used by its segment, or by its raw address where a
 * nanosecond matters. A {@link io.slabcache.Lease} makes every use after its end throw; a handle of {@link
 * io.slabcache.GenerationHandles} detects a use after free. Exceptions, reports and statistics are in {@link
 * io.slabcache.diagnostics}, sources of memory in {@link io.slabcache.memory}.
 *
 * <p>This package is the front door: it passes each call to {@code io.slabcache.internal.cache}. Below the magazines it
 * knows only the slab of an object.
 */
@NullMarked
package io.slabcache;

import org.jspecify.annotations.NullMarked;
