/** What single steps of the slow path cost, in place of whole workloads: run by {@code jmh}, not compared with others. */
package io.slabcache.bench.cost;
