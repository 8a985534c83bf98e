/**
 * Leak detection, and the JUnit extension {@code NoLeaks} that fails tests with leaks. Read {@code LeakDetectionTest}
 * first, then {@code NoLeaksTest}.
 */
package io.slabcache.tests.leaks;
