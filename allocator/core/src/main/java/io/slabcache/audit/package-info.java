/**
 * Finds what a part of a program leaves live in caches; for tests and test frameworks. Start with {@link
 * io.slabcache.audit.LeakAudit}. Uses the registry of open caches, and no class of the package {@code io.slabcache}.
 */
@NullMarked
package io.slabcache.audit;

import org.jspecify.annotations.NullMarked;
