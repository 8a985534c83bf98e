/**
 * Calls while the Java heap is full have no effect or their full effect, and leave every lock free. Each test runs a
 * program in a small JVM. Read {@code HeapInventoryTest} first, then {@code Scenario}.
 */
package io.slabcache.tests.heap;
