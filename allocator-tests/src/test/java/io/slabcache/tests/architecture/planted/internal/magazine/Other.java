package io.slabcache.tests.architecture.planted.internal.magazine;

/** Known bad: forms a circle with {@link High}. */
public class Other {
    High[] highs;
}
