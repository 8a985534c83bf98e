/**
 * Objects of mixed sizes: the parts of the subjects that measure the workloads {@code sizes}, and arenas, which are measured
 * through JMH only, {@code java -jar allocator-bench.jar jmh Arenas}. Read {@code MixedSizes} and {@code MixedAddresses} first.
 */
package io.slabcache.bench.sizes;
