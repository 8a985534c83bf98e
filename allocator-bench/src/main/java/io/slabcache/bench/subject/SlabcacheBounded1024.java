package io.slabcache.bench.subject;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.Subject;

/** {@link SlabcacheUnbounded} with a bound. */
@Subject(
        id = "slabcache-bound-1024",
        group = Subject.Group.BOUNDED,
        about = "SlabCache, raw addresses, at most 1,024 objects")
public class SlabcacheBounded1024 extends SlabcacheUnbounded {

    @Override
    SlabCacheBuilder builder() {
        return super.builder().maxObjects(1_024);
    }
}
