/**
 * Guarded sampling: caches that check a few of their objects like a debugged cache. Read {@code GuardContract} first,
 * then {@code GuardedObjectTest}.
 */
package io.slabcache.tests.guard;
