/** Turns measurements into the tables and the file of raw results. Read {@code RawResults} first. */
package io.slabcache.bench.report;
