/** The plan of rounds and its execution, one forked JVM a step. Read {@code Plan} first. */
package io.slabcache.bench.run;
