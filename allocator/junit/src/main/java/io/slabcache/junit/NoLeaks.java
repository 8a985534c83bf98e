package io.slabcache.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * On a test, or on a class for all its tests: the test fails if it leaves an object live that was not live before, or a
 * cache open that it has built. The message names the cache and says how many objects there are and where they were
 * allocated.
 *
 * <p>A test goes from before its {@code @BeforeEach} methods to behind its {@code @AfterEach} methods. The annotated class
 * as a whole goes from before {@code @BeforeAll} to behind {@code @AfterAll} and must not leave anything, either. What a test
 * has left is held against it alone, and not against the tests after it.
 *
 * <p>Caches that are built meanwhile are tracked, and so they have no magazines: see {@link io.slabcache.Debug#TRACKING}.
 * Of caches that were built before, the message says only how many objects are live. A cache that is meant to outlive the
 * tests has to be built before them, such as those in static fields of the
 * annotated class, which is initialized first.
 *
 * <p>Objects are counted in all caches of the JVM, so that it does not matter who built a cache, or on which thread. For
 * this reason a class with this annotation, on it or on one of its tests, does not run in parallel with any other. A test
 * that starts threads waits for them, as for any other check of what they did.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(LeakExtension.class)
@ResourceLock(Resources.GLOBAL)
public @interface NoLeaks {}
