/**
 * The lockless layer: magazines, the thread caches made of them, and the depot through which threads exchange them.
 * Read {@code ThreadCache} first.
 *
 * <p>Uses {@code slab} and {@code util} only. An allocation passes {@code ThreadCaches} (finds the thread's cache),
 * {@code ThreadCache} (pops, in its superclass {@code MagazinePair}), {@code MagazineLayer} (nothing to pop) and {@code
 * Depot} (a full magazine for an empty one), and then enters the slab layer.
 */
package io.slabcache.internal.magazine;
