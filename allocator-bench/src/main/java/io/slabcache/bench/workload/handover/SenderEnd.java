package io.slabcache.bench.workload.handover;

/** The sender's fields, and the padding before them. */
abstract class SenderEnd {

    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

    long sent;
    long headSeen;
}
