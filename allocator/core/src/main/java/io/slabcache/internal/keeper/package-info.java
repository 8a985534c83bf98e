/**
 * Work on caches that no caller should wait for: growth ahead of need, and memory given back. Read {@code Kept} first,
 * then {@code KeeperQueue}. Uses {@code util} only.
 */
@NullMarked
package io.slabcache.internal.keeper;

import org.jspecify.annotations.NullMarked;
