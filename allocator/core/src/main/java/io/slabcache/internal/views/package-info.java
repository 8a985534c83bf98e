/**
 * One Java object of another library's type for each object of a cache, for the edges: {@code ObjectViews}. Uses the
 * paths of {@code internal.cache}; the edges use it.
 */
@NullMarked
package io.slabcache.internal.views;

import org.jspecify.annotations.NullMarked;
