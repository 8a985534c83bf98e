package io.slabcache.tests.architecture.planted.agrona;

import io.slabcache.tests.architecture.planted.netty.OtherEdge;

/** Known bad: an edge that knows another edge. */
public class Edge {
    OtherEdge other;
}
