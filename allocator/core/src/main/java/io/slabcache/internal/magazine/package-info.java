/**
 * Magazines, the caches of threads made of them, and the depot through which threads exchange them: the lockless layer. Read
 * {@code ThreadCache} first.
 *
 * <p>Uses {@code slab} and {@code util} only. An allocation passes {@code ThreadCaches} (the calling thread's cache), {@code
 * ThreadCache} (pop), {@code MagazineLayer} (what to do when there is nothing to pop) and {@code Depot} (a full magazine for an
 * empty one), and then enters the slab layer.
 */
package io.slabcache.internal.magazine;
