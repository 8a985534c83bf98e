/**
 * The layer that owns memory: slabs and the lock-guarded lists of them. Read {@code SlabSupply} first.
 *
 * <p>Uses {@code memory}, {@code budget} and {@code util} only. Works with addresses and slices of {@code
 * long[]}; knows no threads. The magazines call it for many objects at a time.
 */
package io.slabcache.internal.slab;
