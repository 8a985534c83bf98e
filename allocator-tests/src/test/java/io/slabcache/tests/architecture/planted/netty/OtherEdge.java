package io.slabcache.tests.architecture.planted.netty;

/** Used by {@code Edge}. */
public class OtherEdge {}
