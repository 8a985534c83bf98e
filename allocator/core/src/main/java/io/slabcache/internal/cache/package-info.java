/**
 * The two paths of one cache, and what stands beside them: bulk calls, closing, inspection, misuse. Read {@code
 * CacheAssembler} first, then {@code AllocationPath}. Uses all other internal packages; only the root package uses it.
 */
package io.slabcache.internal.cache;
