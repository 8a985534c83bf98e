/**
 * Netty's buffers on slab caches: give {@link io.slabcache.netty.SlabByteBufAllocator} to a server or a client as its
 * {@code ChannelOption.ALLOCATOR}.
 */
@NullMarked
package io.slabcache.netty;

import org.jspecify.annotations.NullMarked;
