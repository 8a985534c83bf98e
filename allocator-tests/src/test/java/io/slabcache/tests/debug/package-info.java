/**
 * Debugged caches: how they are switched on, what they find, and how they report it. Read {@code DebugContract} first,
 * then {@code RedzoneTest}.
 */
package io.slabcache.tests.debug;
