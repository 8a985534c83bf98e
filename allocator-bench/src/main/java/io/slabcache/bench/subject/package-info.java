/**
 * The subjects of the comparison: Slabcache, its peers and the limit, one small class each. Read {@code
 * SlabcacheSegment} and {@code Limit} first.
 */
package io.slabcache.bench.subject;
