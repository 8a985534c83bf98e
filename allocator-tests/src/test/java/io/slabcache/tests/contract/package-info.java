/**
 * The contract of a cache for correct programs, in every configuration. Read {@code CacheContract} first, then {@code
 * ObjectTest}; {@code Configuration} lists the ways to build and call a cache.
 */
package io.slabcache.tests.contract;
