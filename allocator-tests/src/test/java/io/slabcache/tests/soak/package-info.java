/**
 * Many threads use several caches while faults are injected, for seconds in a build or for hours as a program; and
 * stack overflows at every depth of a call. Read {@code SoakRun} and {@code Worker} first, then {@code StackSweep}.
 */
package io.slabcache.tests.soak;
