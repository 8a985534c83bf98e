/**
 * An allocator of objects of all sizes: size classes, each a cache of its own, and whole regions for larger objects. Read
 * {@code SizeClasses} and {@code ClassCaches} first. Uses {@code cache} and the packages below it; only the root package
 * uses it.
 */
@NullMarked
package io.slabcache.internal.sizes;

import org.jspecify.annotations.NullMarked;
