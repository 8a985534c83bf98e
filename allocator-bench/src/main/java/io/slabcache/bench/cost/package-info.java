/** The cost of single steps of the slow path. They run through {@code jmh} only. Read {@code SlowPathCost} first. */
package io.slabcache.bench.cost;
