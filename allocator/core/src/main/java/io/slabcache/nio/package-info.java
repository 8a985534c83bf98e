/**
 * Objects of a cache as {@link java.nio.ByteBuffer}s, for channels: {@link io.slabcache.nio.ByteBufferPool}.
 *
 * <pre>{@code
 * ByteBufferPool buffers = ByteBufferPool.of(cache);
 * ByteBuffer buffer = buffers.allocate();
 * while (channel.read(buffer) >= 0 && buffer.hasRemaining()) {}
 * buffers.free(buffer);                // wherever its position and limit are
 * }</pre>
 */
@NullMarked
package io.slabcache.nio;

import org.jspecify.annotations.NullMarked;
