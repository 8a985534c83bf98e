package io.slabcache.diagnostics;

import java.util.List;

/**
 * The result of a walk over everything a cache holds.
 *
 * <pre>{@code
 * CacheValidation result = cache.validate();
 * assertTrue(result.isClean(), () -> result.findings().toString());
 * }</pre>
 *
 * @param liveObjects objects that are neither in a magazine nor free in a slab
 * @param cachedObjects objects found in magazines, or in the quarantine of a debugged cache
 * @param freeObjects objects found free in slabs
 * @param findings inconsistencies in words; empty for a healthy cache
 */
public record CacheValidation(long liveObjects, long cachedObjects, long freeObjects, List<String> findings) {
    /**
     * Returns whether the walk found no inconsistency.
     *
     * @return true for a healthy cache
     */
    public boolean isClean() {
        return findings.isEmpty();
    }
}
