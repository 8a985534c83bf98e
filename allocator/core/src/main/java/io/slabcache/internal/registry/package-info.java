/**
 * The open caches of this JVM, their identities, and what is logged of a cache that was forgotten. Read {@code CacheRegistry}
 * first. Uses {@code debug} for stacks, and {@code util}.
 */
package io.slabcache.internal.registry;
