/**
 * One Java object of another library's type for each object, for the edges: {@code ObjectViews} of a cache, {@code
 * SizedViews} of an allocator. Uses the paths of {@code internal.cache} and the classes of {@code internal.sizes}; the
 * edges use it.
 */
@NullMarked
package io.slabcache.internal.views;

import org.jspecify.annotations.NullMarked;
