package io.slabcache.tests.model;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.Memory;
import java.util.Queue;

/**
 * A cache with all that a test needs to corrupt it and to see its reports.
 *
 * @param cache the cache
 * @param memory its memory
 * @param reports what its listener received
 */
record Watched(SlabCache cache, Memory memory, Queue<MisuseReport> reports) {}
