/**
 * Lets tests fail that leak objects or caches: {@link io.slabcache.junit.NoLeaks}. Needs JUnit Jupiter 5.10 or newer, which
 * nothing else in this library does.
 */
package io.slabcache.junit;
