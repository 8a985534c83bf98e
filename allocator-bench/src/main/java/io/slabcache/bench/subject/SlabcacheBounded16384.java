package io.slabcache.bench.subject;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.Subject;

/** {@link SlabcacheUnbounded} with a bound. */
@Subject(
        id = "slabcache-bound-16384",
        group = Subject.Group.BOUNDED,
        about = "SlabCache, raw addresses, at most 16,384 objects")
public class SlabcacheBounded16384 extends SlabcacheUnbounded {

    @Override
    SlabCacheBuilder builder() {
        return super.builder().maxObjects(16_384);
    }
}
