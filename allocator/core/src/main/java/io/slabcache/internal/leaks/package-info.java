/**
 * Finds objects that no code can free any more. Read {@code LeakWatches} first. Uses {@code debug} for the stacks of
 * allocations, and {@code slab}.
 */
@NullMarked
package io.slabcache.internal.leaks;

import org.jspecify.annotations.NullMarked;
