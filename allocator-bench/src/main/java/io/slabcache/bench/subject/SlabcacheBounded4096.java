package io.slabcache.bench.subject;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.Subject;

/** {@link SlabcacheUnbounded} with a bound. */
@Subject(
        id = "slabcache-bound-4096",
        group = Subject.Group.BOUNDED,
        about = "SlabCache, raw addresses, at most 4,096 objects")
public class SlabcacheBounded4096 extends SlabcacheUnbounded {

    @Override
    SlabCacheBuilder builder() {
        return super.builder().maxObjects(4_096);
    }
}
