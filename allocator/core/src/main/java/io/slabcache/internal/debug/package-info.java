/**
 * The debugging of a cache: where each object is and who had it, what its surroundings and its free memory should look
 * like, and failures on purpose.
 *
 * <p>Used by caches that are debugged and by no other. It knows nothing of policies and listeners: it finds
 * {@link io.slabcache.internal.debug.Damage} and repairs it, the front door reports it. All state of a cache is guarded by
 * one lock, a leaf: under it nothing is called that is not in this package.
 */
package io.slabcache.internal.debug;
