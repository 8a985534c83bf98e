/** The ring between two threads, and the receiving thread; the sender is the benchmark. Read {@code RingIndices} first. */
package io.slabcache.bench.workload.handover;
