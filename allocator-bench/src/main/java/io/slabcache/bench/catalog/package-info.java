/** Which benchmarks there are, read from JMH's own list. */
package io.slabcache.bench.catalog;
