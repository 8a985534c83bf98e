/**
 * Objects of mixed sizes, and arenas, through JMH only: {@code java -jar allocator-bench.jar jmh 'bench\.sizes'}. Read
 * {@code MixedSizes} and {@code MixedAddresses} first.
 */
package io.slabcache.bench.sizes;
