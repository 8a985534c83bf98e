/**
 * Slabs and the lock-guarded lists of them: the layer that owns memory. Read {@code SlabSupply} first.
 *
 * <p>Uses {@code memory} and {@code util} only. It speaks in addresses and slices of {@code long[]}, knows no threads, and is
 * entered by the magazines for many objects at a time.
 */
package io.slabcache.internal.slab;
