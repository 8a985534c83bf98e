/**
 * The memory of caches, off-heap and on the Java heap: what they reserve, keep, give back and leave to the collector.
 * Read {@code GarbageTest} and {@code ReservedMemoryTest} first.
 */
package io.slabcache.tests.memory;
