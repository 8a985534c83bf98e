package io.slabcache.bench.subject;

import io.slabcache.bench.workload.AddressRequests;
import io.slabcache.bench.workload.Subject;
import org.lwjgl.system.jemalloc.JEmalloc;

/**
 * jemalloc with its default settings, through LWJGL's raw binding.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'Jemalloc\.' -prof gc}
 */
@Subject(id = "jemalloc", group = Subject.Group.PEER, about = "jemalloc through LWJGL, raw addresses")
public class Jemalloc extends AddressRequests {

    @Override
    protected void open() {}

    @Override
    protected long take() {
        return JEmalloc.nje_malloc(objectSize);
    }

    @Override
    protected void give(long address) {
        JEmalloc.nje_free(address);
    }
}
