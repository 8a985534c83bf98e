package io.slabcache.tests.architecture.planted.internal.magazine;

/** Known bad: forms a circle with {@link Other}. */
public class High {
    Other other;
}
