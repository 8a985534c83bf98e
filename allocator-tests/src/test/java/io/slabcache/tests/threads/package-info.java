/**
 * Caches that several threads use, platform or virtual: hand-over, idle and dead threads, a bound, growth, and a
 * concurrent close. Read {@code SharedTableTest} first. Known-bad implementations of {@code Pool} prove that the checks
 * find faults.
 */
package io.slabcache.tests.threads;
