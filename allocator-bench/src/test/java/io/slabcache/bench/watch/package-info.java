/** Whole runs of {@code top} and {@code info} against JVMs that were started without any option. */
package io.slabcache.bench.watch;
