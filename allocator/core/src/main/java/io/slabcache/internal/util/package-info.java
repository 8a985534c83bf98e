/**
 * For every layer: a lock that counts its waits, waits by polling, a reserve of stack, and the log. Read {@code
 * CountedLock} first. Uses no other package of this library.
 */
@NullMarked
package io.slabcache.internal.util;

import org.jspecify.annotations.NullMarked;
