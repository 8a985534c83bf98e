/**
 * jcstress tests of the promises of a cache to concurrent threads: each observed interleaving must end in an outcome
 * that the scenario names and allows. Read {@code JcstressTest} first, which runs them all, then {@code Scenario}.
 *
 * <p>A scenario is an abstract class that names the outcomes. Its nested classes are the tests, one for each path
 * through the cache. In {@code KnownBad} a pool with a deliberate bug replaces the cache and has to be caught.
 */
package io.slabcache.tests.jcstress;
