/**
 * Makes tests fail that leak objects or caches: {@link io.slabcache.junit.NoLeaks}. Needs JUnit Jupiter 5.10 or newer.
 */
@NullMarked
package io.slabcache.junit;

import org.jspecify.annotations.NullMarked;
