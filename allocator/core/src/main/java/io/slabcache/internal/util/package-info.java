/**
 * What every layer may use: a lock that counts its waits, waits that end by themselves, a reserve of stack, and the log. Read
 * {@code CountedLock} first. Uses no other package of this library.
 */
package io.slabcache.internal.util;
