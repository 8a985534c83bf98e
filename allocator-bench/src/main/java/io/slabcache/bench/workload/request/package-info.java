/** Many concurrent requests, in virtual threads or in a pool. */
package io.slabcache.bench.workload.request;
