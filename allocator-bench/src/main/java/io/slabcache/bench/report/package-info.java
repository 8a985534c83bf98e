/** From measurements to the table and the file of raw results. */
package io.slabcache.bench.report;
