package io.slabcache.bench.subject;

import io.slabcache.bench.workload.AddressRequests;
import io.slabcache.bench.workload.Subject;
import org.lwjgl.system.mimalloc.mimalloc;

/**
 * mimalloc with its default settings, through LWJGL's raw binding.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'Mimalloc\.' -prof gc}
 */
@Subject(id = "mimalloc", group = Subject.Group.PEER, about = "mimalloc through LWJGL, raw addresses")
public class Mimalloc extends AddressRequests {

    @Override
    protected void open() {}

    @Override
    protected long take() {
        return mimalloc.nmi_malloc(objectSize);
    }

    @Override
    protected void give(long address) {
        mimalloc.nmi_free(address);
    }
}
