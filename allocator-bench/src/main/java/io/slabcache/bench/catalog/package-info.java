/** The list of benchmarks, read from JMH's own list. Read {@code Catalog} first. */
package io.slabcache.bench.catalog;
