/**
 * jcstress tests of the promises of a cache to concurrent threads: each observed interleaving must end in an outcome
 * that the scenario names and allows. Read {@code JcstressTest} first, which runs them all, then {@code Scenario}.
 *
 * <p>A scenario is an abstract class that names the outcomes. Its nested classes are the tests, one for each path
 * through the cache. In {@code KnownBad} a pool with a deliberate bug replaces the cache and has to be caught.
 *
 * <p>Every test repeats its actors and its arbiter: the annotation processor of jcstress 0.16 leaves out inherited
 * {@code @Actor} and {@code @Arbiter} methods without a message, so a common superclass would test less.
 */
package io.slabcache.tests.jcstress;
