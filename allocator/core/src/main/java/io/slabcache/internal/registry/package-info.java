/**
 * The open caches of this JVM, their identities, and the log message about a forgotten cache. Read {@code
 * CacheRegistry} first. Uses {@code debug} for stacks, and {@code util}.
 */
@NullMarked
package io.slabcache.internal.registry;

import org.jspecify.annotations.NullMarked;
