package io.slabcache.tests.architecture.planted.memory;

/** Used by {@code Curious}. */
public class Source {}
