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
 * cache open that it has built. The message names the cache and says how many objects are live and where they were
 * allocated.
 *
 * <pre>{@code
 * @NoLeaks(mayStayOpen = "shared-*")
 * class OrderBookTest { ... }
 * }</pre>
 *
 * <p>A test begins before its {@code @BeforeEach} methods and ends after its {@code @AfterEach} methods; a test factory ends
 * after its dynamic tests, and each invocation of a parameterized or repeated test is a test. The annotated class as a whole
 * begins before {@code @BeforeAll} and ends after {@code @AfterAll}; it must not leave anything, either. What a test has left
 * is reported for this test alone, and not for the tests after it or for its class.
 *
 * <p>An aborted test stays aborted: a failed assumption is no leak. What such a test has left is published as a report entry.
 *
 * <p>Caches that are built meanwhile are tracked, and so they have no magazines: see {@link io.slabcache.diagnostics.Debug#TRACKING}.
 * Of caches that were built before, the message says only how many objects are live.
 *
 * <p>A cache that is meant to outlive the tests may be built before them: the annotated class is initialized first, so the
 * caches in its static fields are older than its tests. A cache that another class builds when a test first uses it belongs
 * in {@link #mayStayOpen}.
 *
 * <p>Objects are counted in all caches of the JVM, so that it does not matter which class or thread built a cache. For this
 * reason a class with this annotation, on it or on one of its tests, does not run in parallel with any other. A test has to
 * wait for the threads that it starts, or their objects are counted as its leak.
 *
 * <p>In a modular project, depend on {@code slabcache-junit} in the scope of tests and do not require
 * {@code io.slabcache.junit} in the descriptor of the main module.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(LeakExtension.class)
@ResourceLock(Resources.GLOBAL)
public @interface NoLeaks {
    /**
     * Names of caches that the test may build and leave open, because they are meant to outlive it. A {@code *} stands for
     * any characters. The objects of these caches are counted as those of all others. Names on a class hold for all its
     * tests, in addition to the names on the test.
     *
     * @return names, by default none
     */
    String[] mayStayOpen() default {};
}
