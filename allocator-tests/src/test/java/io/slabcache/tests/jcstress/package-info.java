/**
 * What a cache promises to threads that use it at the same moment, as tests of jcstress: every interleaving that it meets
 * ends in an outcome that is named and allowed, or the test fails.
 *
 * <p>A scenario is an abstract class that says which outcomes there are. Nested in it are its tests, one for each way
 * through the cache, and one called {@code KnownBad}, in which a pool with a deliberate bug takes the place of the cache
 * and has to be caught. {@code JcstressTest} runs them all.
 */
package io.slabcache.tests.jcstress;
