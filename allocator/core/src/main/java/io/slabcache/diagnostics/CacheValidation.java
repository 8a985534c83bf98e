package io.slabcache.diagnostics;

import java.util.List;

/**
 * The result of a walk over everything a cache holds.
 *
 * @param liveObjects objects that are neither in a magazine nor free in a slab
 * @param cachedObjects objects found in magazines, or in the quarantine of a debugged cache
 * @param freeObjects objects found free in slabs
 * @param findings what does not fit together, in words; empty for a healthy cache
 */
public record CacheValidation(long liveObjects, long cachedObjects, long freeObjects, List<String> findings) {
    /**
     * Whether nothing was found.
     *
     * @return true for a healthy cache
     */
    public boolean isClean() {
        return findings.isEmpty();
    }
}
