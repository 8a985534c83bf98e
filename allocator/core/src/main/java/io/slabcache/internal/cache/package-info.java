/**
 * The paths of one cache, and the rest of its calls: bulk calls, closing, inspection, misuse. Read {@code
 * CacheAssembler} first, then {@code AllocationPath}. Uses all other internal packages; only the root package uses it.
 */
@NullMarked
package io.slabcache.internal.cache;

import org.jspecify.annotations.NullMarked;
