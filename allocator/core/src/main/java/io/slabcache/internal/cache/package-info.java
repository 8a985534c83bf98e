/**
 * The paths of one cache, and the rest of its calls: bulk calls, closing, inspection, misuse. Read {@code
 * CacheAssembler} first. To follow a call, go on with {@code AllocationPath} or {@code FreePath}, then {@code
 * OrdinaryPath}. Uses all other internal packages; only the root package uses it.
 */
@NullMarked
package io.slabcache.internal.cache;

import org.jspecify.annotations.NullMarked;
