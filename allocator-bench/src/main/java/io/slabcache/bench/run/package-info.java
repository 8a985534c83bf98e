/** The plan of rounds and its execution, one forked JVM a step. */
package io.slabcache.bench.run;
