package io.slabcache.tests.architecture.planted.netty;

/** For {@code Edge}. */
public class OtherEdge {}
