/** Meters of all open caches. Start with {@link io.slabcache.micrometer.SlabCacheMetrics}. */
@NullMarked
package io.slabcache.micrometer;

import org.jspecify.annotations.NullMarked;
