package io.slabcache.tests.architecture.planted.memory;

/** For {@code Curious}. */
public class Source {}
