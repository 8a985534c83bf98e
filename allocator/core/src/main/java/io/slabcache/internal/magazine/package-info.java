/**
 * Magazines, the caches of threads made of them, and the depot through which threads exchange them: the lockless layer.
 *
 * <p>Imports {@code slab} and {@code util} only. The way of an allocation runs through {@code ThreadCaches} (whose
 * cache is it), {@code ThreadCache} (pop), {@code MagazineLayer} (what to do when there is nothing to pop),
 * {@code Depot} (a full magazine for an empty one) and on to the slab layer.
 */
package io.slabcache.internal.magazine;
