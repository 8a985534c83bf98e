package io.slabcache.tests.architecture.planted.internal.misc;

/** Known bad: in a package that has no place. */
public class Stray {}
