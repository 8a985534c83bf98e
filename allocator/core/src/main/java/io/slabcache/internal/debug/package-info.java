/**
 * The debugging of a cache: the state and last owner of each object, the expected contents of redzones and free memory,
 * and failures on purpose. Read {@code DebugLayer} first.
 *
 * <p>Uses {@code diagnostics}, {@code slab} and {@code util}. It knows no policies and no listeners: it finds and
 * repairs {@link io.slabcache.internal.debug.Damage}, and {@code internal.cache} reports it. One lock guards all state
 * of a cache. It is a leaf lock: under it, code outside this package is called only to read geometry, free maps and
 * marks, and to end a generation.
 */
@NullMarked
package io.slabcache.internal.debug;

import org.jspecify.annotations.NullMarked;
