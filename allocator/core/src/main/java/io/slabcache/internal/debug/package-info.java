/**
 * The debugging of a cache: where each object is and which thread had it, what its surroundings and its free memory should look
 * like, and failures on purpose. Read {@code DebugLayer} first.
 *
 * <p>Uses {@code diagnostics}, {@code slab} and {@code util}. It knows nothing of policies and listeners: it finds {@link
 * io.slabcache.internal.debug.Damage} and repairs it, and {@code internal.cache} reports it. One lock guards all state of a
 * cache. It is a leaf: under it nothing is called that is not in this package.
 */
package io.slabcache.internal.debug;
