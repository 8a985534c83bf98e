/** The ring between two threads and the receiving thread; the sender is the benchmark. */
package io.slabcache.bench.workload.handover;
