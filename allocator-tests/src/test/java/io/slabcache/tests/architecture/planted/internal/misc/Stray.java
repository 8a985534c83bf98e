package io.slabcache.tests.architecture.planted.internal.misc;

/** Known bad: in a package that is no layer. */
public class Stray {}
