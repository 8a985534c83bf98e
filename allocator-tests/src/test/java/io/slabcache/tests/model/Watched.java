package io.slabcache.tests.model;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.Memory;
import java.util.Queue;

/**
 * A cache with all that a test needs to do it harm and to see whether it notices.
 *
 * @param cache the cache
 * @param memory its memory
 * @param reports what its listener has heard
 */
record Watched(SlabCache cache, Memory memory, Queue<MisuseReport> reports) {}
