/**
 * Objects of a cache as buffers of Agrona, and the keeper of caches as an agent. Start with {@link
 * io.slabcache.agrona.BufferPool}.
 */
@NullMarked
package io.slabcache.agrona;

import org.jspecify.annotations.NullMarked;
