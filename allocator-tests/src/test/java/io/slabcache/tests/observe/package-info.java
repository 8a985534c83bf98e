/** What a program shows of its caches: statistics of all of them, flight recordings, beans, and latencies. */
package io.slabcache.tests.observe;
