/** What is done with each subject: the bases which the subjects extend. */
package io.slabcache.bench.workload;
