package io.slabcache.tests.architecture.planted.agrona;

import io.slabcache.tests.architecture.planted.netty.OtherEdge;

/** Known bad: one edge knows another one. */
public class Edge {
    OtherEdge other;
}
