/** What is compared: Slabcache, its peers and the limit, one small class each. */
package io.slabcache.bench.subject;
