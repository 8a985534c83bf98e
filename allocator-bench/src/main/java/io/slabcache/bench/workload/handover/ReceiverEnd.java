package io.slabcache.bench.workload.handover;

/** The receiver's fields, and padding between the sender's fields and them. */
abstract class ReceiverEnd extends SenderEnd {

    private long q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13, q14, q15;

    long received;
    long tailSeen;
}
