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
 * <p>Start with {@link io.slabcache.SlabCache}. An object is held by its segment, by its raw address where a nanosecond matters,
 * on a {@link io.slabcache.Lease} if a use after its end has to throw, or by a handle of {@link io.slabcache.GenerationHandles}
 * that notices a use after the free. What a cache reports is in {@link io.slabcache.diagnostics}, where its memory comes from
 * in {@link io.slabcache.memory}.
 *
 * <p>This package is the front door: it hands each call to {@code io.slabcache.internal.cache} and knows no layer below the
 * magazines but the slab of an object.
 */
package io.slabcache;
