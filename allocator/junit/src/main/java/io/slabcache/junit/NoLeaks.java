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
 * Makes a test fail if it leaves an object live that was not live before, or leaves a cache open that it has built. On
 * a class it applies to all tests. The message names the cache, and says how many objects are live and where they were
 * allocated.
 *
 * <pre>{@code
 * @NoLeaks(mayStayOpen = "shared-*")
 * class OrderBookTest { ... }
 * }</pre>
 *
 * <p>A test begins before its {@code @BeforeEach} methods and ends after its {@code @AfterEach} methods. A test factory
 * ends after its dynamic tests; each invocation of a parameterized or repeated test is a test. The annotated class is
 * audited too, from before {@code @BeforeAll} to after {@code @AfterAll}. A leak of one test is reported for this test
 * only.
 *
 * <p>An aborted test stays aborted: a failed assumption is no leak. Its leaks are published as a report entry.
 *
 * <p>Caches built meanwhile are tracked, so they have no magazines: see {@link
 * io.slabcache.diagnostics.Debug#TRACKING}. For an older cache the message says only how many objects are live.
 *
 * <p>A cache that is meant to outlive the tests may be built before them. The annotated class is initialized first, so
 * caches in its static fields are older than its tests. A cache that another class builds on first use belongs in
 * {@link #mayStayOpen}.
 *
 * <p>The objects of all caches of the JVM are counted, whichever class or thread built the cache. So a class with this
 * annotation, on it or on one of its tests, never runs in parallel with another. A test has to wait for the threads
 * that it starts; otherwise their objects count as its leak.
 *
 * <p>In a modular project, depend on {@code slabcache-junit} in the scope of tests, and do not require {@code
 * io.slabcache.junit} in the descriptor of the main module.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(LeakExtension.class)
@ResourceLock(Resources.GLOBAL)
public @interface NoLeaks {
    /**
     * Names of caches that the test may build and leave open, because they are meant to outlive it. A {@code *} stands
     * for any characters. The objects of these caches still count. Names on a class hold for all its tests, in addition
     * to the names on the test.
     *
     * @return names, by default none
     */
    String[] mayStayOpen() default {};
}
