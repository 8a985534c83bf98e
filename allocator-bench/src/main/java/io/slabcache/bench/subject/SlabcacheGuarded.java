package io.slabcache.bench.subject;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.Subject;

/**
 * Raw addresses from a Slabcache with a few guarded objects, as many as the system property asks for by default. The
 * pair never empties its magazine, so none of its objects is sampled: it shows that the other objects pay nothing.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'Slabcache(Guarded|Address)\.(pair|batch1000)$'}
 */
@Subject(
        id = "slabcache-guarded",
        group = Subject.Group.SAFETY,
        about = "SlabCache, raw addresses, standard checks, one in 8,388,608 guarded",
        plainForm = "slabcache-address-unchecked")
public class SlabcacheGuarded extends SlabcacheAddress {

    @Override
    SlabCacheBuilder builder() {
        return super.builder().guardedSampling(oneIn());
    }

    long oneIn() {
        return 1 << 23;
    }
}
